using System.Globalization;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud.Emulation.Chaos;

/// <summary>Responses to a submit that do not say clearly whether there is a task.</summary>
internal static class SubmitLies
{
    private static readonly int[] s_unclearStatuses = [408, 499, .. Enumerable.Range(520, 8)];
    private static readonly int[] s_unclearCodes = [520, 504, -1, 10001, 101];

    internal static IEnumerable<ChaosFault> All()
    {
        foreach (int status in (int[])[201, 202])
        {
            yield return Create($"accepted-{status}", new ScenarioReply { Status = status, Patch = new JsonObject { ["code"] = status } });
        }

        foreach (int code in (int[])[20000, 1])
        {
            yield return Create($"accepted-code-{code}", new ScenarioReply { Patch = new JsonObject { ["code"] = code } });
        }

        foreach (int status in (int[])[409, 503])
        {
            JsonObject patch = new() { ["code"] = status, ["message"] = "the request is being processed" };
            yield return Create($"accepted-{status}", new ScenarioReply { Status = status, Patch = patch });
        }

        foreach (int status in (int[])[302, 303])
        {
            yield return Create($"accepted-{status}", new ScenarioReply { Status = status, Headers = [new("Location", "/api/v1/model/prediction/{id}")] });
        }

        foreach (int status in s_unclearStatuses)
        {
            yield return Create($"unclear-{status}", Unclear(status, status));
        }

        foreach (int code in s_unclearCodes)
        {
            string name = code < 0 ? $"minus-{-code}" : code.ToString(CultureInfo.InvariantCulture);
            yield return Create($"unclear-code-{name}", Unclear(200, code));
        }
    }

    private static ScenarioReply Unclear(int status, int code) =>
        new() { Status = status, Body = new JsonObject { ["code"] = code, ["msg"] = "upstream did not respond", ["data"] = null } };

    // The request is executed, which is the case that costs money; "afterwards": false makes it a refusal that cannot be told from it.
    private static ChaosFault Create(string name, ScenarioReply reply) =>
        ChaosFault.Create(name, [RequestKind.Submit], new ScenarioRule { Reply = reply with { ExecutesRequest = true } });
}
