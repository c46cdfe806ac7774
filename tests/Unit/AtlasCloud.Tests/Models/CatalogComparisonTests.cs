using System.Text;

namespace AtlasCloud.Tests;

/// <summary>The catalog compared with the copy of the last refresh.</summary>
public sealed class CatalogComparisonTests
{
    private const string Model = "google/nano-banana-2/text-to-image";

    [Fact]
    public async Task RefreshAndCompareAsync_returns_null_without_a_copy_and_nothing_if_nothing_changed()
    {
        AtlasCloudClient client = Some.Client(Some.Service());

        Assert.Null(await client.Models.RefreshAndCompareAsync());
        Assert.Empty((await client.Models.RefreshAndCompareAsync())!);
    }

    [Fact]
    public async Task RefreshAndCompareAsync_lists_new_removed_and_repriced_models()
    {
        string before = """{"data":[{"model":"a/gone","type":"Image"},{"model":"a/same","type":"Image"},{"model":"a/dear","type":"Image","price":{"actual":{"base_price":"0.05"}}}]}""";
        string after = """{"data":[{"model":"a/new","type":"Image"},{"model":"a/same","type":"Image"},{"model":"a/dear","type":"Image","price":{"actual":{"base_price":"0.07"},"discount":"85"}}]}""";
        AtlasCloudClient client = Some.Client(new StubHandler().When("/api/v1/models", StubReply.Json(before), StubReply.Json(after)));
        await client.Models.ListAsync();

        IReadOnlyList<ModelChange> changes = (await client.Models.RefreshAndCompareAsync())!;

        Assert.Equal(
            ["a/dear: from 0.05/image is now from 0.07/image (85 % of list)", "a/gone: removed", "a/new: added"],
            changes.Select(c => c.ToString()).Order(StringComparer.Ordinal));
        Assert.Empty((await client.Models.RefreshAndCompareAsync())!);
    }

    [Fact]
    public async Task RefreshAndCompareAsync_lists_inputs_that_were_added_removed_or_accept_other_values()
    {
        AtlasCloudClient client = Some.Client(new StubHandler()
            .When("/api/v1/models", StubReply.Of(200, Fixture.Bytes("models.json"), "application/json"))
            .When("/model/schema/", Schema("""{"prompt":{"type":"string"},"size":{"enum":["1k"]},"old":{},"same":{"minimum":1,"description":"a"}}"""), Schema("""{"prompt":{"type":"string"},"size":{"enum":["1k","2k"]},"new":{},"same":{"minimum":1,"description":"b"}}""")));
        await client.Models.GetSchemaAsync(await client.Models.ResolveAsync(Model));

        ModelChange change = Assert.Single((await client.Models.RefreshAndCompareAsync())!);

        Assert.Equal((Model, ModelChangeKind.InputsChanged), (change.Id, change.Change));
        Assert.Equal(["+new", "-old", "~size"], change.Inputs);
    }

    private static StubReply Schema(string properties) => StubReply.Of(200, Encoding.UTF8.GetBytes($$"""{"properties":{{properties}}}"""), "application/json");
}
