namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>How an error appears to a script.</summary>
/// <param name="Id">The first part of the <c>FullyQualifiedErrorId</c>; the engine adds the command.</param>
/// <param name="Category">The name of an <c>ErrorCategory</c>. A name, because the enum is defined in the engine.</param>
/// <param name="Advice">The recommended action, in one or two sentences.</param>
/// <param name="IsTerminating">Whether every other input would fail in the same way, which ends the command.</param>
internal sealed record ErrorDescription(string Id, string Category, string Advice, bool IsTerminating = false);
