using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Predictions;

/// <summary>POST /v1/images/generations and /v1/images/edits: synchronous, and on request only, since it is disputed whether the service has them.</summary>
internal sealed class ImagesEndpoint
{
    private readonly EmulatorOptions _options;
    private readonly SubmitEndpoint _submit;
    private readonly PredictionWriter _document;

    internal ImagesEndpoint(EmulatorOptions options, SubmitEndpoint submit, PredictionWriter document) => (_options, _submit, _document) = (options, submit, document);

    /// <summary>The reply for an LLM path that does not exist, to a caller with a valid key.</summary>
    internal static Reply NotFound(RequestContext context) => ErrorReply.Create(context, 404, "page not found");

    internal async Task<Reply> PostAsync(RequestContext context, CancellationToken cancellationToken)
    {
        if (!_options.ServesOpenAIImages)
        {
            return NotFound(context);
        }

        bool isBase64 = context.Body?["response_format"]?.ToString() == "b64_json";
        context.Body?.Remove("response_format");
        (EmulatedTask? task, Reply? refusal) = _submit.Accept(context, "Image");
        if (task is null)
        {
            return refusal!;
        }

        TaskState state = await _submit.WaitAsync(task, cancellationToken).ConfigureAwait(false);
        if (state.Phase != TaskPhase.Succeeded)
        {
            return ErrorReply.Create(context, 500, PredictionWriter.ErrorMessage(task));
        }

        IEnumerable<JsonNode> images = task.Outputs.Results.Select(file => isBase64
            ? new JsonObject { ["b64_json"] = Convert.ToBase64String(file.Render()) }
            : new JsonObject { ["url"] = _document.AddressOf(task, file) });
        return Reply.Json(new JsonObject { ["created"] = task.CreatedAt.ToUnixTimeSeconds(), ["data"] = new JsonArray([.. images]) });
    }
}
