namespace AtlasCloud.Help.Tests;

/// <summary>Valid pages, for tests to break in one place.</summary>
internal static class Some
{
    internal const string CommandFile = "Get-Thing.md";

    internal const string Command = """
        ---
        document type: cmdlet
        external help file: AtlasCloud.PowerShell.dll-Help.xml
        HelpUri: ''
        Locale: en-US
        Module Name: AtlasCloud
        PlatyPS schema version: 2024-05-01
        title: Get-Thing
        ---

        # Get-Thing

        ## SYNOPSIS

        Returns `things`.

        ## SYNTAX

        ### Name (Default)

        ```
        Get-Thing [-Name] <string[]> [-Quick] [<CommonParameters>]
        ```

        ### All

        ```
        Get-Thing -All [-Quick] [<CommonParameters>]
        ```

        ## ALIASES

        None.

        ## DESCRIPTION

        First paragraph,
        in two lines.

        - one
        - two

        ## EXAMPLES

        ### Example 1: One thing

        Before.

        ```powershell runnable
        Get-Thing a |
            Out-Null
        ```

        ```output
        Name  Size
        ----  ----
        a        1
        ```

        After.

        ### Example 2: All of them

        ```powershell
        Get-Thing -All
        ```

        ## PARAMETERS

        ### -All

        Return all.

        ```yaml
        Type: System.Management.Automation.SwitchParameter
        DefaultValue: 'False'
        SupportsWildcards: false
        Aliases: []
        ParameterSets:
        - Name: All
          Position: Named
          IsRequired: true
          ValueFromPipeline: false
          ValueFromPipelineByPropertyName: false
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues: []
        HelpMessage: ''
        ```

        ### -Name

        Names with `<brackets>`.

        ```yaml
        Type: System.String[]
        DefaultValue: ''
        SupportsWildcards: true
        Aliases:
        - Id
        - Called
        ParameterSets:
        - Name: Name
          Position: 0
          IsRequired: true
          ValueFromPipeline: true
          ValueFromPipelineByPropertyName: true
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues:
        - a
        - b
        HelpMessage: 'It''s a name.'
        ```

        ### -Quick

        Do not look twice.

        ```yaml
        Type: System.Management.Automation.SwitchParameter
        DefaultValue: 'False'
        SupportsWildcards: false
        Aliases: []
        ParameterSets:
        - Name: (All)
          Position: Named
          IsRequired: false
          ValueFromPipeline: false
          ValueFromPipelineByPropertyName: false
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues: []
        HelpMessage: ''
        ```

        ### CommonParameters

        The usual ones.

        ## INPUTS

        ### System.String

        A name.

        ## OUTPUTS

        ### System.Object

        A thing.

        ## NOTES

        Note this.

        ## RELATED LINKS

        - [The web](https://example.com/)
        """;

    internal const string TopicFile = "about_Things.md";

    internal const string Topic = """
        ---
        title: about_Things
        ---

        # about_Things

        ## SHORT DESCRIPTION

        What things are.

        ## LONG DESCRIPTION

        This paragraph is long enough that it does not fit into one line of a window of eighty characters, so it wraps.

        - An item that is long enough too, because the second line of it has to stand below its own text.

        ```powershell
        Get-Thing a |
            Out-Null
        ```

        | Name | What |
        |---|---|
        | one | the first |
        | three | the third |

        ## WIDE TABLE

        | Id | Means | Do |
        |---|---|---|
        | A | nothing | wait |
        """;

    /// <summary>The number of the first line that contains this text, starting at 1.</summary>
    internal static int LineOf(string page, string text) =>
        page[..page.IndexOf(text, StringComparison.Ordinal)].Count(c => c == '\n') + 1;
}
