namespace AtlasCloud.Tests;

/// <summary>Requests that cannot be validated, because the schema of their model is missing or unavailable (API reference, conflict C38).</summary>
public sealed class UnvalidatedSubmitTests
{
    private const string Submit = "/model/generateImage";

    [Theory]
    [InlineData(404, "{}")]
    [InlineData(403, "<html></html>")]
    [InlineData(200, "[]")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"properties":"none"}""")]
    public async Task Submit_is_refused_if_the_model_publishes_no_readable_schema(int status, string document)
    {
        StubHandler service = Service(StubReply.Json(document, status));

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Predictions.CreateAsync(Some.Request(), GenerationKind.Image));

        Assert.Equal((AtlasCloudErrorKind.InvalidParameter, AtlasCloudErrorReason.InputsNotValidated, Some.ImageModel), (refused.Kind, refused.Reason, refused.Model));
        Assert.EndsWith("Nothing was submitted.", refused.Message, StringComparison.Ordinal);
        Assert.Empty(service.SeenAt(Submit));
    }

    [Fact]
    public async Task Submit_is_refused_with_the_failure_if_the_schema_is_unavailable()
    {
        StubHandler service = Service(StubReply.Text("down", 503));

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Predictions.CreateAsync(Some.Request(), GenerationKind.Image));

        Assert.Equal((AtlasCloudErrorKind.ServiceUnavailable, AtlasCloudErrorReason.InputsNotValidated), (refused.Kind, refused.Reason));
        Assert.Empty(service.SeenAt(Submit));
    }

    [Fact]
    public async Task Submit_is_refused_with_the_failure_if_the_catalog_is_unavailable()
    {
        StubHandler service = new StubHandler().When("/api/v1/models", StubReply.Text("down", 503)).When(Submit, Some.Accepted());

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => Some.Client(service).Predictions.CreateAsync(Some.Request(), GenerationKind.Image));

        Assert.Equal((AtlasCloudErrorKind.ServiceUnavailable, AtlasCloudErrorReason.InputsNotValidated), (refused.Kind, refused.Reason));
        Assert.Empty(service.SeenAt(Submit));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Submit_is_sent_if_validation_is_skipped(int status)
    {
        StubHandler service = Service(StubReply.Json("{}", status));

        await Some.Client(service).Predictions.CreateAsync(Some.Request() with { SkipValidation = true }, GenerationKind.Image);

        Assert.Equal("""{"model":"google/nano-banana-2/text-to-image","prompt":"a lighthouse"}""", Assert.Single(service.SeenAt(Submit)).Text);
    }

    [Fact]
    public async Task Preview_of_a_submit_is_refused_like_the_submit_and_a_quote_is_not()
    {
        StubHandler service = Service(StubReply.Json("{}", 404)).When("/model/calculate", Fixture.Reply("calculate/flat.json"));
        AtlasCloudClient client = Some.Client(service);

        AtlasCloudException refused = await Assert.ThrowsAsync<AtlasCloudException>(() => client.Predictions.PreviewAsync(Some.Request(), GenerationKind.Image));

        Assert.Equal(AtlasCloudErrorReason.InputsNotValidated, refused.Reason);
        Assert.Equal(0.08m, (await client.Predictions.QuoteAsync(Some.Request())).Price);
    }

    private static StubHandler Service(StubReply schema) => new StubHandler()
        .When("/api/v1/models", StubReply.Of(200, Fixture.Bytes("models.json"), "application/json"))
        .When("/model/schema/", schema)
        .When(Submit, Some.Accepted());
}
