using System.Text.Json;
using AtlasCloud.Models;
using AtlasCloud.PowerShell.DynamicParameters;

namespace AtlasCloud.PowerShell.Tests.Plain;

public class ModelInputsTests
{
    // Read from the approved surface, since reflection over the command needs an engine.
    private static readonly HashSet<string> s_ofCommand = new(
        File.ReadLines(Path.Join(AppContext.BaseDirectory, "Plain", "Surface.approved.txt"))
            .SkipWhile(l => !l.StartsWith("New-AtlasVideo", StringComparison.Ordinal)).Skip(1).TakeWhile(l => l.StartsWith("    -", StringComparison.Ordinal))
            .SelectMany(l => l.Trim().Split(' ') is [string name, ..] words
                ? words.Where(w => w.StartsWith("Alias=", StringComparison.Ordinal)).SelectMany(w => w[6..].Split(',')).Append(name[1..])
                : []),
        StringComparer.OrdinalIgnoreCase);

    private static readonly string[] s_taken = ["Prompt", "Audio", "Seed", "Verbose"];

    public static TheoryData<string> Schemas
    {
        get
        {
            TheoryData<string> names = [];
            foreach (string file in Directory.GetFiles(Path.Join(AppContext.BaseDirectory, "Fixtures", "schemas"), "*.json"))
            {
                names.Add(Path.GetFileName(file));
            }

            return names;
        }
    }

    private static ModelSchema Schema(params ModelParameter[] members) => new(members, default, default);

    private static ModelInputs Of(params ModelParameter[] members) => ModelInputs.Create(Schema(members), s_taken);

    [Fact]
    public void Create_names_an_input_like_a_parameter_and_keeps_its_own_name_as_an_alias()
    {
        ModelInput input = Assert.Single(Of(new ModelParameter { Name = "enable_prompt_expansion", Type = "boolean" }).All);
        Assert.Equal("EnablePromptExpansion", input.Name);
        Assert.Equal("enable_prompt_expansion", input.Alias);
        Assert.Equal(typeof(bool?), input.Type);
    }

    [Fact]
    public void Create_omits_inputs_that_a_common_parameter_fills() =>
        Assert.Empty(Of(new ModelParameter { Name = "prompt" }, new ModelParameter { Name = "num_images", Type = "integer" }).All);

    [Fact]
    public void Create_prefixes_a_name_that_the_command_uses()
    {
        // -Audio takes audio files; this model's audio is a switch.
        ModelInputs inputs = Of(new ModelParameter { Name = "audio", Type = "boolean" }, new ModelParameter { Name = "verbose" });
        Assert.Equal(["ModelAudio", "ModelVerbose"], inputs.All.Select(i => i.Name));
        Assert.All(inputs.All, i => Assert.Null(i.Alias));
        Assert.Equal("ModelAudio", inputs.Find("audio")?.Name);
    }

    [Fact]
    public void Create_prefixes_the_second_of_two_equal_names()
    {
        ModelInputs inputs = Of(new ModelParameter { Name = "image_style" }, new ModelParameter { Name = "imageStyle" });
        Assert.Equal(["ImageStyle", "ModelImageStyle"], inputs.All.Select(i => i.Name));
        Assert.Equal("imageStyle", inputs.Find("imageStyle")?.Member.Name);
    }

    [Theory]
    [InlineData("guidance_scale")]
    [InlineData("GuidanceScale")]
    [InlineData("Guidance Scale")]
    [InlineData("guidance-scale")]
    public void Find_accepts_any_separators(string column) =>
        Assert.Equal("guidance_scale", Of(new ModelParameter { Name = "guidance_scale", Type = "number" }).Find(column)?.Member.Name);

    [Fact]
    public void Create_gives_a_media_input_the_type_of_media() =>
        Assert.Equal(typeof(MediaSource[]), Assert.Single(Of(new ModelParameter { Name = "mask_image", MediaKind = "Image" }).All).Type);

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Create_makes_every_input_of_every_schema_reachable_under_a_valid_name(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Join(AppContext.BaseDirectory, "Fixtures", "schemas", file)));
        ModelSchema schema = SchemaReader.Read(document.RootElement)!;
        ModelInputs inputs = ModelInputs.Create(schema, s_ofCommand);
        Assert.All(schema.Parameters, p => Assert.True(!schema.ModelSpecificParameters.Contains(p) || inputs.All.Any(i => i.Member == p), p.Name));
        Assert.Contains("aspect_ratio", s_ofCommand);
        string[] names = [.. inputs.All.SelectMany(i => i.Alias is null ? [i.Name] : new[] { i.Name, i.Alias })];
        Assert.All(names, n => Assert.Matches("^[A-Za-z][A-Za-z0-9_]*$", n));
        Assert.Equal(names.Length, names.Concat(s_ofCommand).Distinct(StringComparer.OrdinalIgnoreCase).Count() - s_ofCommand.Count);
    }
}
