using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Mcp.Results;
using AtlasCloud.Mcp.Safety;

namespace AtlasCloud.Mcp.Tools;

/// <summary>chat.</summary>
internal sealed class ChatTools(AtlasCloudClient client, AtlasMcpOptions options, MediaArguments media, RecentCalls recent, ServerLifetime lifetime)
{
    private const int DefaultMaxTokens = 1024;

    internal async Task<ToolResult> AskAsync(ToolCall call, CancellationToken cancellationToken)
    {
        SpendingLimit limit = new(options, call.Arguments.Number("confirm_price"));
        ChatRequest request = CreateRequest(call.Arguments) with { MaxCost = limit.MaxCost ?? client.Budget.Limit ?? decimal.MaxValue };
        (ChatReply reply, bool isRepeated) = await recent.RunAsync(
            RecentCalls.KeyOf(call.Tool, call.Arguments.All, ignored: "confirm_price"),
            _ => SendAsync(request, limit),
            MayBePaid,
            cancellationToken).ConfigureAwait(false);
        JsonObject result = new()
        {
            ["reply"] = DataText.Clean(reply.Text, maxLength: 200_000),
            ["model"] = DataText.Line(reply.Model ?? request.Model, 200),
            ["interrupted"] = reply.IsInterrupted,
            ["repeated"] = isRepeated,
            ["currency"] = DataText.Line(reply.Currency, 10),
            ["budget"] = BudgetResult.Create(client.Budget, options),
        };
        result.Set("finish_reason", DataText.LineOrNull(reply.FinishReason, 60));
        result.Set("input_tokens", reply.Usage?.InputTokens);
        result.Set("output_tokens", reply.Usage?.OutputTokens);
        result.Set("estimated_cost", reply.EstimatedCost);
        return new ToolResult(result);
    }

    // Also if the caller cancels: the request is paid, and the same call within a minute gets the reply.
    private async Task<ChatReply> SendAsync(ChatRequest request, SpendingLimit limit)
    {
        try
        {
            return await client.Chat.CompleteAsync(request, lifetime.HardStop).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception)
        {
            throw limit.Explain(exception);
        }
    }

    private static bool MayBePaid(Exception failure) => failure is AtlasCloudException
    {
        IsNotSent: false,
        Kind: AtlasCloudErrorKind.ConnectionFailed or AtlasCloudErrorKind.RequestTimedOut or AtlasCloudErrorKind.ServiceUnavailable
            or AtlasCloudErrorKind.UnexpectedReply or AtlasCloudErrorKind.StreamInterrupted or AtlasCloudErrorKind.SubmitOutcomeUnknown,
    };

    private ChatRequest CreateRequest(ToolArguments arguments)
    {
        List<ChatMessage> messages = [];
        if (arguments.Text("system") is { Length: > 0 } system)
        {
            messages.Add(new ChatMessage { Role = "system", Text = system });
        }

        messages.AddRange(arguments.Items("history").Select(m => new ChatMessage { Role = Member(m, "role"), Text = Member(m, "text") }));
        messages.Add(new ChatMessage { Role = "user", Text = arguments.RequiredText("prompt") });
        return new ChatRequest
        {
            Model = arguments.RequiredText("model"),
            Messages = messages,
            Images = media.Read(arguments, "images"),
            MaximumTokens = arguments.Integer("max_tokens") ?? DefaultMaxTokens,
            Temperature = (double?)arguments.Number("temperature"),
        };
    }

    private static string Member(JsonElement message, string name) => message.GetProperty(name).GetString()!;
}
