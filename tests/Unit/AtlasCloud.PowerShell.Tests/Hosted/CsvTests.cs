using System.Text;
using AtlasCloud.PowerShell.Tests.Support;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>Files as people get them from spreadsheets and other programs.</summary>
public sealed class CsvTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private const string Image = "google/nano-banana-2/text-to-image";

    [Theory]
    [InlineData("quoted line breaks", "Prompt,Seed\n\"a\nb\",7\n", "a\nb|7")]
    [InlineData("quoted line breaks of Windows", "Prompt,Seed\r\n\"a\r\nb\",7\r\n", "a\r\nb|7")]
    [InlineData("quotes and commas in a cell", "Prompt,Seed\n\"a \"\"b\"\", c\",7\n", "a \"b\", c|7")]
    [InlineData("a byte order mark", "\uFEFFPrompt,Seed\na,7\n", "a|7")]
    [InlineData("empty columns", "Prompt,Seed,,Label\na,7,,\n", "a|7")]
    [InlineData("an empty cell", "Prompt,Seed\na,\nb,7\n", "a|,b|7")]
    [InlineData("white space around cells", "Prompt , Seed\na, 7 \n", "a|7")]
    [InlineData("headers in upper case", "PROMPT,SEED\na,7\n", "a|7")]
    [InlineData("a header in another case that looks like a duplicate", "Prompt,Seed,seed_\na,7,7\n", "a|7")]
    [InlineData("more headers than cells", "Prompt,Seed,Label,Size\na,7\n", "a|7")]
    [InlineData("headers with other separators", "prompt,see-d\na,7\n", "a|7")]
    [InlineData("an invisible character in a header", "Prompt,\u200BSeed\na,7\n", "a|7")]
    [InlineData("a hard space as a cell", "Prompt,Seed\na,\u00A0\n", "a|")]
    public void Csv_with_oddities_is_submitted_as_written(string oddity, string text, string expected)
    {
        ModuleRun run = Import(text).WithoutErrors();
        Assert.Equal(expected.Split(',').Length, run.Bodies.Count + (oddity.Contains("commas", StringComparison.Ordinal) ? 1 : 0));
        Assert.Equal(expected, string.Join(',', run.Bodies.Select(b => $"{(string)b["prompt"]!}|{b["seed"]?.ToJsonString()}").Order(StringComparer.Ordinal)));
        Assert.DoesNotContain(run.Warnings, w => w.Contains("ignored", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("two columns of one input", "Prompt,Seed,model_seed\na,7,8\n", "'Seed' and 'model_seed' have different values")]
    [InlineData("prompts in two columns", "Prompt,Text\na,b\n", "'Prompt' and 'Text' have different values")]
    [InlineData("a number of a German spreadsheet", "Prompt,Seed\na,\"7,5\"\n", "not '7,5'")]
    [InlineData("numbers with group separators", "Prompt,Seed\na,\"1,000\"\n", "not '1,000'")]
    [InlineData("semicolons", "Prompt;Seed\na;7\n", "'prompt' is required")]
    public void Csv_that_cannot_be_understood_is_refused(string oddity, string text, string expected)
    {
        Assert.NotEmpty(oddity);
        Assert.Contains(expected, Import(text).Refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_with_semicolons_names_its_only_column_in_a_warning() =>
        Assert.Contains("'Prompt;Seed'", Assert.Single(Import("Prompt;Seed\na;7\n").Warnings), StringComparison.Ordinal);

    [Fact]
    public void Csv_with_semicolons_is_read_with_a_delimiter()
    {
        ModuleRun run = Import("Prompt;Seed\na;7\n", "-Delimiter ';'").WithoutWarnings();
        Assert.Equal(("a", "7"), (run["prompt"], run["seed"]));
    }

    [Fact]
    public void Csv_with_several_models_warns_about_the_column_that_one_of_them_lacks()
    {
        ModuleRun run = Import($"Prompt,Model,AspectRatio\na,{Image},16:9\nb,z-image/turbo,16:9\n").WithoutErrors();
        Assert.Equal(["16:9", null], run.Bodies.OrderBy(b => (string)b["prompt"]!, StringComparer.Ordinal).Select(b => (string?)b["aspect_ratio"]));
        Assert.Contains("'AspectRatio' is ignored: z-image/turbo has no input for -AspectRatio", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    private ModuleRun Import(string text, string options = "")
    {
        File.WriteAllText(Path.Join(shell.Folder, "rows.csv"), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return shell.Run($"Import-Csv rows.csv {options} | New-AtlasImage {(text.Contains("Model,", StringComparison.Ordinal) ? "" : "-Model " + Image)} -ThrottleLimit 1");
    }
}
