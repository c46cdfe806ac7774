using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Data;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests;

public sealed class VariantTests
{
    /// <summary>Submit samples with a task; the other submit samples are errors, which are sent as replies.</summary>
    public static TheoryData<string> Submits => Paths("submit/", path => !path.Contains("http200", StringComparison.Ordinal) && !path.Contains("sync", StringComparison.Ordinal));

    public static TheoryData<string> Results => Paths("prediction/", path => IsSuccess(path));

    [Theory]
    [MemberData(nameof(Submits))]
    public async Task Every_submit_variant_contains_the_real_id(string variant)
    {
        using Api api = Api.With($$$"""{"rules":[{"method":"POST","variant":"{{{variant}}}"}]}""");

        using HttpResponseMessage reply = await api.PostAsync(Api.Image, Some.ImageBody());
        string text = await reply.Content.ReadAsStringAsync();

        string id = Assert.Single(api.Emulator.Charges).PredictionId;
        Assert.Contains(id, text, StringComparison.Ordinal);
        Assert.Equal(Names(Sample.All[variant].Bytes), Names(System.Text.Encoding.UTF8.GetBytes(text)));
        Assert.DoesNotContain("atlascloud.ai", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Results))]
    public async Task Every_prediction_variant_contains_the_real_outputs(string variant)
    {
        using Api api = Api.With($$$"""{"rules":[{"method":"GET","variant":"{{{variant}}}"}]}""");
        string id = await api.SubmitImageAsync();
        api.Clock.Advance(10);

        using HttpResponseMessage reply = await api.GetAsync("/api/v1/model/prediction/" + id);
        string text = await reply.Content.ReadAsStringAsync();

        Assert.DoesNotContain("aliyuncs", text, StringComparison.Ordinal);
        Assert.DoesNotContain("storage.atlascloud.ai", text, StringComparison.Ordinal);
        if (!variant.Contains("nsfw-empty", StringComparison.Ordinal))
        {
            Assert.Contains($"{api.Emulator.BaseUri}outputs/{id}/0.png", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Variant_is_used_only_in_its_phase()
    {
        using Api api = Api.With("""{"rules":[{"method":"GET","variant":"prediction/output-array.json"}]}""");
        string id = await api.SubmitImageAsync();

        JsonObject early = await api.PollAsync(id);
        api.Clock.Advance(10);
        JsonObject later = await api.PollAsync(id);

        Assert.Equal("created", (string)early["status"]!);
        Assert.Equal("succeeded", (string)later["status"]!);
        Assert.NotNull(later["output"]);
    }

    [Fact]
    public async Task Failure_with_HTTP_500_contains_the_real_id()
    {
        using Api api = Api.With("""
            {"rules":[{"method":"POST","task":{"end":"failed"}},{"method":"GET","variant":"prediction/failed-http500.json"}]}
            """);
        string id = await api.SubmitImageAsync();
        api.Clock.Advance(10);

        using HttpResponseMessage reply = await api.GetAsync("/api/v1/model/prediction/" + id);

        Assert.Equal(500, (int)reply.StatusCode);
        Assert.Equal(id, (string)JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["data"]!["id"]!);
    }

    private static bool IsSuccess(string path)
    {
        string text = System.Text.Encoding.UTF8.GetString(Sample.All[path].Bytes);
        bool isImage = !path.Contains("audio", StringComparison.Ordinal) && !path.Contains("3d", StringComparison.Ordinal);
        return isImage && (text.Contains("\"completed\"", StringComparison.Ordinal) || text.Contains("\"succeeded\"", StringComparison.Ordinal))
            && !path.Contains("base64", StringComparison.Ordinal);
    }

    private static TheoryData<string> Paths(string folder, Func<string, bool> include)
    {
        TheoryData<string> data = [];
        foreach (string path in Sample.All.Keys.Where(p => p.StartsWith(folder, StringComparison.Ordinal) && include(p)).Order(StringComparer.Ordinal))
        {
            data.Add(path);
        }

        return data;
    }

    private static List<string> Names(byte[] json)
    {
        List<string> names = [];
        Walk(JsonNode.Parse(json));
        return names;

        void Walk(JsonNode? node)
        {
            foreach ((string name, JsonNode? value) in node as JsonObject ?? [])
            {
                names.Add(name);
                Walk(value);
            }
        }
    }
}
