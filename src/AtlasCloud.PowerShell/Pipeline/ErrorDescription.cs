namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>How an error presents itself to a script.</summary>
/// <param name="Id">The first part of the <c>FullyQualifiedErrorId</c>; the engine adds the command.</param>
/// <param name="Category">The name of an <c>ErrorCategory</c>. A name, because the enum itself lives in the engine.</param>
/// <param name="Advice">What the user can do about it, in a sentence or two.</param>
/// <param name="IsFinal">Whether every further input would fail the same way, so that going on is of no use.</param>
internal sealed record ErrorDescription(string Id, string Category, string Advice, bool IsFinal = false);
