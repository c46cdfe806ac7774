using System.Management.Automation.Language;
using AtlasCloud.PowerShell.Completers;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>Completion of inputs that accept several choices.</summary>
public sealed class ChosenValuesTests
{
    private static readonly ModelParameter s_several = new() { Name = "visual_type", AllowedValues = ["hero", "feature", "spec"], AllowsMultiple = true };

    [Theory]
    [InlineData("x -VisualType ", "", "hero feature spec")]
    [InlineData("x -VisualType hero,", "", "feature spec")]
    [InlineData("x -VisualType hero,spec,", "", "feature")]
    [InlineData("x -VisualType hero,sp", "sp", "feature spec")]
    [InlineData("x -VisualType 'hero,'", "hero,", "hero,feature hero,spec")]
    [InlineData("x -VisualType 'hero,spec,f'", "hero,spec,f", "hero,spec,feature")]
    [InlineData("x -Other hero -VisualType ", "", "hero feature spec")]
    public void Omit_offers_the_choices_that_are_not_given_yet(string line, string typed, string expected)
    {
        CommandAst command = (CommandAst)Parser.ParseInput(line, out _, out _).Find(a => a is CommandAst, searchNestedScriptBlocks: false);

        IEnumerable<object> offered = ChosenValues.Omit(s_several, ModelValueCompleter.GetValues(s_several), typed, "VisualType", command).Select(v => v.Value);

        Assert.Equal(expected, string.Join(' ', offered));
    }

    [Fact]
    public void Omit_offers_all_values_of_an_input_with_one_choice()
    {
        CommandAst command = (CommandAst)Parser.ParseInput("x -VisualType hero,", out _, out _).Find(a => a is CommandAst, searchNestedScriptBlocks: false);

        Assert.Equal(3, ChosenValues.Omit(s_several with { AllowsMultiple = false }, ModelValueCompleter.GetValues(s_several), "", "VisualType", command).Count());
    }
}
