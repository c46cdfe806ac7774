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

/// <summary>One way to call a command, with its parameters in the order in which they are shown.</summary>
internal sealed record SyntaxEntry(string SetName, bool IsDefault, IReadOnlyList<string> ParameterNames, int Line);

/// <summary>One example: words, code, words about what came of it.</summary>
internal sealed record ExampleEntry(string Title, IReadOnlyList<string> Introduction, string Code, IReadOnlyList<string> Remarks, bool IsRunnable, int Line);

/// <summary>A type that goes in or comes out.</summary>
internal sealed record TypeEntry(string Name, IReadOnlyList<string> Description);

/// <summary>Where to read on; without an address it is the name of another help topic.</summary>
internal sealed record LinkEntry(string Text, string? Uri);
