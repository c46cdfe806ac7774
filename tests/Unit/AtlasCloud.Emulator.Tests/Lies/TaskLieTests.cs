using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests.Lies;

public sealed class TaskLieTests
{
    [Theory]
    [InlineData("outputs-object", 1, """{"output_0":"0"}""")]
    [InlineData("outputs-object", 2, """{"output_0":"0","output_1":"1"}""")]
    [InlineData("outputs-nested", 2, """[["0"],["1"]]""")]
    [InlineData("outputs-file", 1, """{"file":{"url":"0"}}""")]
    [InlineData("outputs-file", 2, """[{"file":{"url":"0"}},{"file":{"url":"1"}}]""")]
    [InlineData("outputs-images", 2, """{"images":[{"url":"0"},{"url":"1"}]}""")]
    [InlineData("outputs-file-url", 1, """{"file_url":"0"}""")]
    [InlineData("outputs-file-url", 2, """[{"file_url":"0"},{"file_url":"1"}]""")]
    [InlineData("outputs-unreadable", 1, """[{"handle":1000}]""")]
    [InlineData("outputs-partly-unreadable", 1, """["0",{"handle":1001}]""")]
    public async Task Outputs_can_have_another_format_with_the_same_addresses(string lie, int count, string expected)
    {
        using Api api = WithLie(lie);

        JsonObject prediction = await api.FinishAsync(Api.Image, Some.ImageBody($",\"num_images\":{count}"));

        string text = JsonText.Write(prediction["outputs"]!);
        string prefix = $"{api.Emulator.BaseUri}outputs/{prediction["id"]}/";
        for (int i = 0; i < count; i++)
        {
            text = text.Replace($"{prefix}{i}.png", $"{i}", StringComparison.Ordinal).Replace($"{prefix}{i}.jpeg", $"{i}", StringComparison.Ordinal)
                .Replace($"{prefix}{i}.jpg", $"{i}", StringComparison.Ordinal);
        }

        Assert.Equal(expected, text);
        Assert.Equal(ChargeState.Charged, Assert.Single(api.Emulator.Charges).State);
    }

    [Theory]
    [InlineData("late-outputs", "completed 0,completed 1,completed 1")]
    [InlineData("completed-then-processing", "completed 1,processing 0,completed 1")]
    [InlineData("failed-then-completed", "failed 0,completed 1,completed 1")]
    public async Task First_polls_after_the_end_can_be_wrong(string lie, string expected)
    {
        using Api api = WithLie(lie);
        string id = await api.SubmitImageAsync();
        Assert.Equal("created", (string)(await api.PollAsync(id))["status"]!);
        api.Clock.Advance(60);

        List<string> seen = [];
        for (int i = 0; i < 3; i++)
        {
            JsonObject prediction = await api.PollAsync(id);
            seen.Add($"{prediction["status"]} {(prediction["outputs"] as JsonArray)?.Count ?? 0}");
            Assert.Equal((string)prediction["status"]! == "completed", prediction.ContainsKey("price"));
        }

        Assert.Equal(expected, string.Join(',', seen));
        Assert.Equal(ChargeState.Charged, Assert.Single(api.Emulator.Charges).State);
    }

    [Theory]
    [InlineData("negative-price", "-12000")]
    [InlineData("huge-price", "79228162514264337593543950335")]
    public async Task Published_price_can_be_absurd_while_the_charge_is_right(string lie, string price)
    {
        using Api api = WithLie(lie);

        JsonObject prediction = await api.FinishAsync(Api.Image, Some.ImageBody());

        Assert.Equal(price, (string)prediction["price"]!);
        Assert.Equal(0.003m, Assert.Single(api.Emulator.Charges).Amount);
    }

    [Theory]
    [InlineData("negative-quote", "-12000")]
    [InlineData("huge-quote", "79228162514264337593543950335")]
    public async Task Quote_can_be_absurd(string lie, string price)
    {
        using Api api = WithLie(lie);

        using HttpResponseMessage reply = await api.PostAsync("/api/v1/model/calculate", Some.ImageBody());

        Assert.Equal(price, (string)JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["data"]!["price"]!);
    }

    [Fact]
    public async Task Price_and_reads_can_be_specified()
    {
        using Api api = Api.With("""{"rules":[{"method":"POST","task":{"price":-0.5,"reads":["processing","processing"],"outputs":"nested"}}]}""");
        string id = await api.SubmitImageAsync();
        api.Clock.Advance(60);

        Assert.Equal("processing", (string)(await api.PollAsync(id))["status"]!);
        Assert.Equal("processing", (string)(await api.PollAsync(id))["status"]!);
        JsonObject prediction = await api.PollAsync(id);

        Assert.Equal(-0.5, (double)prediction["price"]!);
        Assert.Single(prediction["outputs"]![0]!.AsArray());
    }

    private static Api WithLie(string lie) => Api.With($$"""{"rules":[{"fault":"{{lie}}"}]}""");
}
