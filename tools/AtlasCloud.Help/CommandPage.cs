namespace AtlasCloud.Help;

/// <summary>The help of one command.</summary>
internal sealed record CommandPage(
    string Name,
    IReadOnlyList<string> Synopsis,
    IReadOnlyList<SyntaxEntry> Syntax,
    IReadOnlyList<string> Description,
    IReadOnlyList<ExampleEntry> Examples,
    IReadOnlyList<ParameterEntry> Parameters,
    IReadOnlyList<TypeEntry> Inputs,
    IReadOnlyList<TypeEntry> Outputs,
    IReadOnlyList<string> Notes,
    IReadOnlyList<LinkEntry> Links,
    string? HelpUri);

/// <summary>The syntax of one parameter set, with its parameters in the order in which they are shown.</summary>
internal sealed record SyntaxEntry(string SetName, bool IsDefault, IReadOnlyList<string> ParameterNames, int Line);

/// <summary>One example: an introduction, code, the output that the code prints, and remarks.</summary>
internal sealed record ExampleEntry(string Title, IReadOnlyList<string> Introduction, string Code, string Output, IReadOnlyList<string> Remarks, bool IsRunnable);

/// <summary>An input or output type.</summary>
internal sealed record TypeEntry(string Name, IReadOnlyList<string> Description);

/// <summary>A related link. Without an address, the text is the name of another help topic.</summary>
internal sealed record LinkEntry(string Text, string? Uri);
