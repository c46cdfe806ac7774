using System.Management.Automation;
using System.Text.Json.Nodes;
using AtlasCloud.PowerShell.Tests.Support;
using AtlasCloud.Tests;

namespace AtlasCloud.PowerShell.Tests.Hosted;

/// <summary>Import-AtlasRequest, and the commands that submit what it returns.</summary>
public sealed class ImportRequestTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private const string Image = "google/nano-banana-2/text-to-image";
    private const string Edit = "google/nano-banana-2/edit";

    [Fact]
    public void Requests_to_all_models_with_a_schema_have_the_same_body_again()
    {
        List<JsonObject> bodies = [];
        foreach ((string type, string model, string file) in ReadModels().OrderBy(m => m.Type, StringComparer.Ordinal))
        {
            RawSchema schema = RawSchema.Recorded(file);
            ValidRequests requests = new(schema);
            Directory.CreateDirectory(Path.Join(shell.Folder, type));
            foreach (JsonObject request in (JsonObject[])[requests.Minimal(), requests.Full()])
            {
                JsonObject body = new(request.Select(m => KeyValuePair.Create(m.Key, WithAddresses(m.Value, schema.Read().Find(m.Key)!)))) { ["model"] = model };
                Write($"{type}/{bodies.Count:0000}.json", body.DeepClone().AsObject());
                bodies.Add(body);
            }
        }

        ModuleRun run = shell.Run("foreach ($type in 'Audio', 'Image', 'Video') { Import-AtlasRequest ./$type/*.json | & \"New-Atlas$type\" -ThrottleLimit 1 -ErrorAction SilentlyContinue }");

        Assert.Equal(bodies.Count, run.Bodies.Count);
        Assert.All(bodies.Zip(run.Bodies), pair => Assert.Equal(Normalize(pair.First), Normalize(pair.Second)));
    }

    [Theory]
    [InlineData("-Seed 8", """{"aspect_ratio":"16:9","model":"google/nano-banana-2/text-to-image","prompt":"a boat","seed":8}""")]
    [InlineData("-Prompt 'a ship' -AspectRatio 1:1", """{"aspect_ratio":"1:1","model":"google/nano-banana-2/text-to-image","prompt":"a ship","seed":7}""")]
    [InlineData("-Parameters @{ seed = 9; prompt = 'a raft' }", """{"aspect_ratio":"16:9","model":"google/nano-banana-2/text-to-image","prompt":"a raft","seed":9}""")]
    [InlineData("-Label other", """{"aspect_ratio":"16:9","model":"google/nano-banana-2/text-to-image","prompt":"a boat","seed":7}""")]
    public void Arguments_override_the_request_without_a_warning(string arguments, string expected)
    {
        Write("one.json", new JsonObject { ["model"] = Image, ["prompt"] = "a boat", ["seed"] = 7, ["aspect_ratio"] = "16:9" });

        Assert.Equal(expected, Normalize(shell.Run($"Import-AtlasRequest one.json | New-AtlasImage {arguments}").WithoutWarnings().Body));
    }

    [Fact]
    public void Size_overrides_width_and_height()
    {
        Write("size.json", new JsonObject { ["model"] = "black-forest-labs/flux-schnell", ["prompt"] = "a boat", ["width"] = 512, ["height"] = 512 });

        ModuleRun run = shell.Run("Import-AtlasRequest size.json | New-AtlasImage -Size 1024*768 -SkipValidation");

        Assert.False(run.Body.ContainsKey("width") || run.Body.ContainsKey("height"));
    }

    [Fact]
    public void Unknown_input_of_the_same_model_is_an_error()
    {
        Write("unknown.json", new JsonObject { ["model"] = Image, ["prompt"] = "a boat", ["wobble"] = 1 });

        Assert.Contains("'wobble'", shell.Run("Import-AtlasRequest unknown.json | New-AtlasImage").Refusal.ToString(), StringComparison.Ordinal);
        Assert.Equal("1", shell.Run("Import-AtlasRequest unknown.json | New-AtlasImage -SkipValidation")["wobble"]);
    }

    [Fact]
    public void Request_is_sent_to_another_model_with_the_inputs_that_both_have()
    {
        Write("moved.json", new JsonObject { ["model"] = Image, ["prompt"] = "a boat", ["aspect_ratio"] = "16:9", ["enable_wobble"] = true });

        ModuleRun run = shell.Run($"Import-AtlasRequest moved.json | New-AtlasImage -Model {Edit} -Image https://example.com/a.png").WithoutErrors();

        Assert.Equal(("a boat", "16:9", Edit), (run["prompt"], run["aspect_ratio"], run["model"]));
        Assert.Contains("enable_wobble", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image")]
    [InlineData("images")]
    [InlineData("image_url")]
    public void Path_in_a_file_is_never_read_for_another_model(string input)
    {
        shell.Write("private.png", "secret");
        Write("hostile.json", new JsonObject { ["model"] = Image, ["prompt"] = "a boat", [input] = Path.Join(shell.Folder, "private.png") });

        Assert.Contains("must be an address", shell.Run($"Import-AtlasRequest hostile.json | New-AtlasImage -Model {Edit}").Refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Saved_files_and_their_metadata_are_one_request()
    {
        ModuleRun run = shell.Run(
            $"$null = 'a', 'b' | New-AtlasImage -Model {Image} | Wait-AtlasPrediction | Save-AtlasOutput ./pair -Metadata -Name '{{label}}{{row}}'; Import-AtlasRequest ./pair/*; Get-ChildItem ./pair | Import-AtlasRequest; Import-AtlasRequest ./pair/1.png, ./pair/1.png").WithoutErrors();

        Assert.Equal(["a", "b", "a", "b", "a", "a"], run.Output.Select(o => ((Request)o.BaseObject).Prompt));
    }

    [Fact]
    public void File_without_metadata_is_an_error()
    {
        shell.Write("alone.png", "x");

        ErrorRecord error = Assert.Single(shell.Run("Import-AtlasRequest alone.png").Errors);

        Assert.StartsWith("InvalidParameter", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Save-AtlasOutput -Metadata", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Uploaded_file_is_uploaded_again_or_asked_for()
    {
        shell.Run($"New-AtlasImage 'pixel' -Model {Image} | Wait-AtlasPrediction | Save-AtlasOutput ./source -Name pixel; New-AtlasImage 'edit' -Model {Edit} -Image ./source/pixel.png | Wait-AtlasPrediction | Save-AtlasOutput ./edited -Name edited -Metadata").WithoutErrors();
        const string Import = "$elsewhere = $emulator | New-AtlasSession; Import-AtlasRequest ./edited/edited.png";

        ErrorRecord error = shell.Run($"{Import} | New-AtlasImage -Session $elsewhere").Refusal;
        Assert.Contains("'pixel.png'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("-InputPath", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("-Image", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);

        // The first session still has the upload.
        Assert.Single(shell.Run("Import-AtlasRequest ./edited/edited.png | New-AtlasImage").WithoutWarnings().Bodies);
        Assert.Single(shell.Run($"{Import} -InputPath ./source | New-AtlasImage -Session $elsewhere").WithoutWarnings().Bodies);
        Assert.Single(shell.Run($"{Import} | New-AtlasImage -Image https://example.com/a.png -Session $elsewhere").WithoutWarnings().Bodies);
    }

    [Fact]
    public void Journal_entry_is_submitted_again_if_it_contains_the_request()
    {
        ModuleRun run = shell.Run(
            $"$session = $emulator | New-AtlasSession -JournalPath ./prompts.jsonl -JournalPrompt; $null = New-AtlasImage 'a boat' -Model {Image} -AspectRatio 16:9 -Label kept -Session $session; Get-AtlasPrediction -Journal -Session $session | Import-AtlasRequest | New-AtlasImage -Session $session; (Get-AtlasPrediction -Journal -Session $session)[0] | New-AtlasImage -Session $session").WithoutWarnings();

        Assert.Equal(3, run.Bodies.Count);
        Assert.Single(run.Bodies.Select(Normalize).Distinct());
        Assert.All(run.Output, o => Assert.Equal("kept", ((Prediction)o.BaseObject).Label));
    }

    [Fact]
    public void Journal_entry_without_the_request_is_an_error()
    {
        ErrorRecord error = Assert.Single(shell.Run($"$null = New-AtlasImage 'a boat' -Model {Image} -Label bare; Get-AtlasPrediction -Journal -Label bare | Import-AtlasRequest").Errors);

        Assert.Contains("-JournalPrompt", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Prediction_that_succeeded_is_imported() => Assert.Equal(
        "a boat",
        ((Request)Assert.Single(shell.Run($"New-AtlasImage 'a boat' -Model {Image} | Wait-AtlasPrediction | Import-AtlasRequest").WithoutErrors().Output).BaseObject).Prompt);

    [Fact]
    public void Request_survives_serialization()
    {
        Write("serialized.json", new JsonObject { ["model"] = Image, ["prompt"] = "a boat", ["seed"] = 7 });

        ModuleRun run = shell.Run("Import-AtlasRequest serialized.json | Export-Clixml request.xml; Import-Clixml request.xml | New-AtlasImage").WithoutWarnings();

        Assert.Equal(("a boat", "7"), (run["prompt"], run["seed"]));
    }

    [Fact]
    public void Webhook_that_is_not_kept_is_a_warning()
    {
        shell.Write("hook.json", new JsonObject { ["request"] = new JsonObject { ["model"] = Image, ["prompt"] = "a boat" }, ["had_webhook"] = true }.ToJsonString());

        ModuleRun run = shell.Run("Import-AtlasRequest hook.json | New-AtlasImage").WithoutErrors();

        Assert.Contains("-WebhookUri", Assert.Single(run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Request_is_priced() =>
        Assert.Single(shell.Run($"[pscustomobject]@{{ request = @{{ model = '{Image}'; prompt = 'a boat' }} }} | Import-AtlasRequest | Measure-AtlasCost").WithoutWarnings().Output);

    [Fact]
    public void Object_without_a_request_is_an_error() =>
        Assert.Contains("contains no request", Assert.Single(shell.Run("[pscustomobject]@{ a = 1 } | Import-AtlasRequest").Errors).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Missing_input_path_is_an_error() =>
        Assert.Contains("'", Assert.Single(shell.Run("Import-AtlasRequest x.json -InputPath ./nowhere").Errors).ToString(), StringComparison.Ordinal);

    // The models whose catalog entry has a recorded schema.
    private static IEnumerable<(string Type, string Model, string File)> ReadModels() =>
        from entry in JsonNode.Parse(Fixture.Bytes("models.json"))!["data"]!.AsArray()
        let model = (string)entry!["model"]!
        let file = model.Replace('/', '-') + ".json"
        let type = (string)entry!["type"]!
        where type != "Text" && File.Exists(Path.Combine(AppContext.BaseDirectory, "Fixtures", "schemas", file))
        select (type, model, file);

    // Generated text is not a URL, which media inputs require.
    private static JsonNode? WithAddresses(JsonNode? value, ModelParameter input) => (input.MediaKind, value) switch
    {
        (null, _) or (_, null) => value?.DeepClone(),
        (_, JsonArray items) => new JsonArray([.. items.Select(i => WithAddresses(i, input))]),
        (_, JsonObject members) => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, m.Key == "url" ? "https://example.com/a.png" : m.Value?.DeepClone()))),
        _ when input.AllowedValues.Count > 0 || input.ItemAllowedValues.Count > 0 => value.DeepClone(),
        _ => JsonValue.Create("https://example.com/a.png"),
    };

    private static string Normalize(JsonObject body) =>
        new JsonObject(body.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone()))).ToJsonString().Replace(".0,", ",", StringComparison.Ordinal).Replace(".0}", "}", StringComparison.Ordinal);

    private void Write(string name, JsonObject request) => shell.Write(name, new JsonObject { ["request"] = request }.ToJsonString());
}
