using System.Text.Json;
using AtlasCloud.Mcp.Tests.Support;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace AtlasCloud.Mcp.Tests;

public sealed class ToolTests
{
    [Fact]
    public async Task All_tools_are_offered_with_input_and_output_schemas()
    {
        await using ServerScene scene = await ServerScene.StartAsync();

        IList<McpClientTool> tools = await scene.Client.ListToolsAsync();

        Assert.Equal(14, tools.Count);
        Assert.All(tools, tool =>
        {
            Assert.InRange(tool.Description.Length, 10, 250);
            Assert.Equal("object", tool.ProtocolTool.InputSchema.GetProperty("type").GetString());
            Assert.Equal("object", tool.ProtocolTool.OutputSchema!.Value.GetProperty("type").GetString());
            Assert.DoesNotContain("$include", tool.ProtocolTool.OutputSchema.Value.GetRawText() + tool.ProtocolTool.InputSchema.GetRawText(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Search_models_finds_models_by_words_and_type()
    {
        await using ServerScene scene = await ServerScene.StartAsync();

        JsonElement found = await scene.CallAsync("search_models", new { query = "z-image", type = "image" });

        Assert.Contains(found.GetProperty("models").EnumerateArray(), m => m.GetProperty("id").GetString() == ServerScene.ImageModel);
        Assert.All(found.GetProperty("models").EnumerateArray(), m => Assert.Equal("Image", m.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Get_model_returns_the_inputs_with_the_arguments_that_set_them()
    {
        await using ServerScene scene = await ServerScene.StartAsync();

        JsonElement model = await scene.CallAsync("get_model", new { model = ServerScene.ImageModel });

        JsonElement prompt = model.GetProperty("inputs").EnumerateArray().Single(i => i.GetProperty("name").GetString() == "prompt");
        Assert.Equal("prompt", prompt.GetProperty("argument").GetString());
        Assert.True(prompt.GetProperty("required").GetBoolean());
    }

    [Fact]
    public async Task Quote_returns_the_price_and_submits_nothing()
    {
        await using ServerScene scene = await ServerScene.StartAsync();

        JsonElement quote = await scene.CallAsync("quote", new { model = ServerScene.ImageModel, prompt = "a boat" });

        Assert.True(quote.GetProperty("price").GetDecimal() > 0);
        Assert.True(quote.GetProperty("allowed").GetBoolean());
        Assert.Equal(0, scene.Submits);
    }

    [Theory]
    [InlineData("generate_image", "z-image/turbo", "image")]
    [InlineData("generate_video", "alibaba/wan-2.6/text-to-video", "video")]
    [InlineData("generate_audio", "xai/tts-v1", "speech")]
    public async Task Generate_wait_and_save_produce_files(string tool, string model, string kind)
    {
        await using ServerScene scene = await ServerScene.StartAsync();

        JsonElement submitted = await scene.CallAsync(tool, new { model, prompt = "a boat at dawn" });
        string id = submitted.GetProperty("prediction").GetProperty("prediction_id").GetString()!;
        JsonElement waited = await scene.CallAsync("wait_prediction", new { prediction_id = id });
        CallToolResult saved = await scene.CallRawAsync("save_output", new { prediction_id = id });

        Assert.Equal(kind, submitted.GetProperty("prediction").GetProperty("kind").GetString());
        Assert.True(submitted.GetProperty("prediction").GetProperty("quoted_price").GetDecimal() > 0);
        Assert.Equal("succeeded", waited.GetProperty("prediction").GetProperty("state").GetString());
        JsonElement file = saved.StructuredContent!.Value.GetProperty("files")[0];
        Assert.Equal(file.GetProperty("bytes").GetInt64(), new FileInfo(Path.Join(scene.Output, file.GetProperty("path").GetString())).Length);
        ResourceLinkBlock link = Assert.Single(saved.Content.OfType<ResourceLinkBlock>());
        Assert.Equal(file.GetProperty("full_path").GetString(), new Uri(link.Uri).LocalPath);
    }

    [Fact]
    public async Task Save_output_returns_a_small_image_as_preview()
    {
        await using ServerScene scene = await ServerScene.StartAsync();
        string id = await scene.GenerateAsync("a boat");
        await scene.CallAsync("wait_prediction", new { prediction_id = id });

        CallToolResult saved = await scene.CallRawAsync("save_output", new { prediction_id = id, folder = "a/b", name = "boat" });
        CallToolResult again = await scene.CallRawAsync("save_output", new { prediction_id = id, folder = "a/b", name = "boat", preview = false });

        string path = Path.Join(scene.Output, "a", "b", "boat.png");
        Assert.Equal(await File.ReadAllBytesAsync(path), Assert.Single(saved.Content.OfType<ImageContentBlock>()).DecodedData.ToArray());
        Assert.Empty(again.Content.OfType<ImageContentBlock>());
    }

    [Fact]
    public async Task Save_output_returns_the_same_files_when_it_is_repeated_and_overwrites_no_other_file()
    {
        await using ServerScene scene = await ServerScene.StartAsync();
        string id = await scene.GenerateAsync("a boat");
        await scene.CallAsync("wait_prediction", new { prediction_id = id });

        JsonElement saved = await scene.CallAsync("save_output", new { prediction_id = id, name = "boat" });
        JsonElement again = await scene.CallAsync("save_output", new { prediction_id = id, name = "boat" });
        string path = saved.GetProperty("files")[0].GetProperty("full_path").GetString()!;
        await File.WriteAllTextAsync(path, "something else");
        JsonElement error = await scene.FailAsync("save_output", new { prediction_id = id, name = "boat" });

        Assert.Equal(saved.GetProperty("files").GetRawText(), again.GetProperty("files").GetRawText());
        Assert.Equal("FileExists", error.GetProperty("id").GetString());
        Assert.Equal("something else", await File.ReadAllTextAsync(path));
        Assert.Single(Directory.GetFiles(scene.Output));
    }

    [Fact]
    public async Task Upload_media_returns_an_address_that_a_model_accepts()
    {
        await using ServerScene scene = await ServerScene.StartAsync();
        await File.WriteAllBytesAsync(Path.Join(scene.Input, "dot.png"), SomePicture.Png);

        JsonElement media = await scene.CallAsync("upload_media", new { path = "dot.png" });
        JsonElement byAddress = await scene.CallAsync("generate_image", new { model = "google/nano-banana-2/edit", prompt = "blue", images = new[] { media.GetProperty("url").GetString() } });
        await scene.CallAsync("generate_image", new { model = "google/nano-banana-2/edit", prompt = "red", images = new[] { "dot.png" } });

        Assert.StartsWith("http", media.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal("in_flight", byAddress.GetProperty("prediction").GetProperty("state").GetString());
        Assert.Single(scene.Emulator.Ledger, e => e.Path.Contains("uploadMedia", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Chat_returns_the_reply_and_counts_its_cost()
    {
        await using ServerScene scene = await ServerScene.StartAsync();

        JsonElement reply = await scene.CallAsync("chat", new
        {
            model = ServerScene.ChatModel,
            prompt = "Two titles",
            system = "Be brief",
            history = new[] { new { role = "user", text = "Hello" }, new { role = "assistant", text = "Hi" } },
        });

        Assert.NotEmpty(reply.GetProperty("reply").GetString()!);
        decimal cost = reply.GetProperty("estimated_cost").GetDecimal();
        Assert.True(cost > 0);
        Assert.Equal(cost, scene.Atlas.Budget.Spent);
        Assert.Equal(0, scene.Atlas.Budget.Reserved);
    }

    [Fact]
    public async Task Account_tools_return_balance_usage_and_history()
    {
        await using ServerScene scene = await ServerScene.StartAsync();
        string id = await scene.GenerateAsync("a boat");
        await scene.CallAsync("wait_prediction", new { prediction_id = id });

        JsonElement balance = await scene.CallAsync("get_balance");
        JsonElement usage = await scene.CallAsync("get_usage", new { days = 2 });
        JsonElement history = await scene.CallAsync("list_predictions", new { limit = 5, state = "succeeded" });
        JsonElement one = await scene.CallAsync("get_prediction", new { prediction_id = id });

        Assert.True(balance.GetProperty("available").GetDecimal() > 0);
        Assert.Equal(5, balance.GetProperty("budget").GetProperty("limit").GetDecimal());
        Assert.Equal(JsonValueKind.Array, usage.GetProperty("rows").ValueKind);
        Assert.Equal(id, history.GetProperty("predictions")[0].GetProperty("prediction_id").GetString());
        Assert.Equal(id, one.GetProperty("prediction").GetProperty("prediction_id").GetString());
    }

    [Fact]
    public async Task Journal_entries_carry_the_label_of_the_server()
    {
        await using ServerScene scene = await ServerScene.StartAsync();

        await scene.GenerateAsync("a boat");
        await scene.CallAsync("generate_image", new { model = ServerScene.ImageModel, prompt = "a house", label = "poster" });

        Assert.Equal(["mcp", "mcp: poster"], (await scene.Atlas.Journal.ListAsync()).Select(e => e.Label).Order(StringComparer.Ordinal));
    }
}
