using System.Net;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Tests.Support;

namespace AtlasCloud.Emulation.Tests.Lies;

public sealed class SubmitLieTests
{
    [Theory]
    [InlineData("accepted-201", 201, 201)]
    [InlineData("accepted-202", 202, 202)]
    [InlineData("accepted-code-20000", 200, 20000)]
    [InlineData("accepted-code-1", 200, 1)]
    [InlineData("accepted-409", 409, 409)]
    [InlineData("accepted-503", 503, 503)]
    public async Task Acceptance_with_an_odd_status_or_code_contains_the_ID_of_the_task(string lie, int status, int code)
    {
        using Api api = WithLie(lie);

        using HttpResponseMessage reply = await api.PostAsync(Api.Image, Some.ImageBody());
        JsonNode body = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;

        LedgerEntry entry = Assert.Single(api.Emulator.Ledger);
        Assert.Equal((status, code), ((int)reply.StatusCode, (int)body["code"]!));
        Assert.Equal((lie, Assert.Single(api.Emulator.Charges).PredictionId), (entry.Fault, entry.PredictionId));
        Assert.Equal(entry.PredictionId, (string)body["data"]!["id"]!);
        Assert.Equal("processing", (string)body["data"]!["status"]!);
    }

    [Theory]
    [InlineData("accepted-302", 302)]
    [InlineData("accepted-303", 303)]
    public async Task Redirect_to_the_prediction_has_no_body_and_a_location_that_can_be_read(string lie, int status)
    {
        using Api api = WithLie(lie);

        using HttpResponseMessage reply = await api.PostAsync(Api.Image, Some.ImageBody());

        string id = Assert.Single(api.Emulator.Charges).PredictionId;
        Assert.Equal((status, "/api/v1/model/prediction/" + id), ((int)reply.StatusCode, reply.Headers.Location!.OriginalString));
        Assert.Empty(await reply.Content.ReadAsByteArrayAsync());
        using HttpResponseMessage read = await api.GetAsync(reply.Headers.Location.OriginalString);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Theory]
    [InlineData("unclear-408", 408, 408)]
    [InlineData("unclear-499", 499, 499)]
    [InlineData("unclear-520", 520, 520)]
    [InlineData("unclear-527", 527, 527)]
    [InlineData("unclear-code-520", 200, 520)]
    [InlineData("unclear-code-504", 200, 504)]
    [InlineData("unclear-code-minus-1", 200, -1)]
    [InlineData("unclear-code-10001", 200, 10001)]
    [InlineData("unclear-code-101", 200, 101)]
    public async Task Unclear_response_is_the_same_with_and_without_a_task(string lie, int status, int code)
    {
        foreach (bool isMade in (bool[])[true, false])
        {
            string afterwards = isMade ? "true" : "false";
            using Api api = Api.With($$$"""{"chaos":{"rate":1,"faults":[{"fault":"{{{lie}}}","afterwards":{{{afterwards}}}}]}}""");

            using HttpResponseMessage reply = await api.PostAsync(Api.Image, Some.ImageBody());
            JsonNode body = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;

            Assert.Equal((status, code), ((int)reply.StatusCode, (int)body["code"]!));
            Assert.Null(body["data"]);
            Assert.Equal(isMade ? 1 : 0, api.Emulator.Charges.Count);
            Assert.Equal(isMade, Assert.Single(api.Emulator.Ledger).PredictionId is not null);
        }
    }

    [Fact]
    public async Task Lie_about_submits_does_not_affect_other_requests()
    {
        using Api api = WithLie("accepted-409");

        using HttpResponseMessage history = await api.GetAsync("/api/v1/model/history");

        Assert.Equal(HttpStatusCode.OK, history.StatusCode);
        Assert.Null(Assert.Single(api.Emulator.Ledger).ScenarioRule);
    }

    [Fact]
    public async Task Refused_submit_stays_refused_under_a_patch()
    {
        using Api api = Api.With("""{"rules":[{"path":"*/generateImage","reply":{"patch":{"code":7}}}]}""");

        using HttpResponseMessage reply = await api.PostAsync(Api.Image, """{"model":"no/such"}""");

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Equal(7, (int)JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["code"]!);
        Assert.Empty(api.Emulator.Charges);
    }

    private static Api WithLie(string lie) => Api.With($$"""{"rules":[{"fault":"{{lie}}"}]}""");
}
