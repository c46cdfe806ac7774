using System.Text.Json.Nodes;
using AtlasCloud.Mcp.Results;
using AtlasCloud.Mcp.Safety;

namespace AtlasCloud.Mcp.Tools;

/// <summary>quote and the generate tools.</summary>
internal sealed class GenerationTools(AtlasCloudClient client, AtlasMcpOptions options, MediaArguments media, RecentCalls recent, ServerLifetime lifetime)
{
    private const string Label = "mcp";

    internal async Task<ToolResult> QuoteAsync(ToolCall call, CancellationToken cancellationToken)
    {
        GenerationRequest request = CreateRequest(call.Arguments);
        CostEstimate cost = await client.Predictions.PreviewAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (cost.Quote is not Quote quote)
        {
            throw cost.Failure ?? new AtlasCloudException(AtlasCloudErrorKind.UnexpectedReply, $"The service returned no price for {cost.Model}.") { Reason = AtlasCloudErrorReason.PriceUnknown };
        }

        decimal highest = Math.Max(quote.Price, quote.Ceiling ?? quote.Price);
        JsonObject result = new()
        {
            ["model"] = DataText.Line(cost.Model, 200),
            ["price"] = quote.Price,
            ["currency"] = DataText.Line(quote.Currency, 10),
            ["is_estimated"] = quote.IsEstimated,
            ["is_minimum"] = quote.IsPartial,
            ["allowed"] = !options.IsReadOnly && quote.Currency == "usd" && !(highest > options.MaxCost) && !(highest > client.Budget.Remaining),
            ["needs_confirmation"] = highest > options.ConfirmAbove,
            ["budget"] = BudgetResult.Create(client.Budget, options),
        };
        result.Set("ceiling", quote.Ceiling);
        result.Set("list_price", quote.ListPrice);
        return new ToolResult(result);
    }

    internal Func<ToolCall, CancellationToken, Task<ToolResult>> Generate(GenerationKind kind) => (call, cancellationToken) => GenerateAsync(kind, call, cancellationToken);

    private async Task<ToolResult> GenerateAsync(GenerationKind kind, ToolCall call, CancellationToken cancellationToken)
    {
        SpendingLimit limit = new(options, call.Arguments.Number("confirm_price"));
        GenerationRequest request = CreateRequest(call.Arguments) with
        {
            Label = call.Arguments.Text("label") is { Length: > 0 } label ? $"{Label}: {DataText.Line(label, 64)}" : Label,
            MaxCost = limit.MaxCost,
        };
        (Prediction prediction, bool isRepeated) = await recent.RunAsync(
            RecentCalls.KeyOf(call.Tool, call.Arguments.All, ignored: "confirm_price"),
            abandoned => SubmitAsync(request, kind, limit, abandoned),
            failure => failure is AtlasCloudException { Kind: AtlasCloudErrorKind.SubmitOutcomeUnknown },
            cancellationToken).ConfigureAwait(false);
        return new ToolResult(new JsonObject
        {
            ["prediction"] = PredictionResult.Create(prediction),
            ["repeated"] = isRepeated,
            ["budget"] = BudgetResult.Create(client.Budget, options),
        });
    }

    private async Task<Prediction> SubmitAsync(GenerationRequest request, GenerationKind kind, SpendingLimit limit, CancellationToken abandoned)
    {
        using CancellationTokenSource unsent = CancellationTokenSource.CreateLinkedTokenSource(abandoned, lifetime.Stopping);
        try
        {
            return await client.Predictions.CreateGracefullyAsync(request, kind, lifetime.HardStop, unsent.Token).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception)
        {
            throw limit.Explain(exception);
        }
    }

    private GenerationRequest CreateRequest(ToolArguments arguments) => new()
    {
        Model = arguments.RequiredText("model"),
        Prompt = arguments.Text("prompt"),
        NegativePrompt = arguments.Text("negative_prompt"),
        Images = media.Read(arguments, "images"),
        LastImage = media.ReadOne(arguments, "last_image"),
        Videos = media.Read(arguments, "videos"),
        Audios = media.Read(arguments, "audios"),
        Seed = arguments.Long("seed"),
        AspectRatio = arguments.Text("aspect_ratio"),
        Resolution = arguments.Text("resolution"),
        Size = arguments.Text("size"),
        Duration = arguments.Number("duration"),
        Count = arguments.Integer("count"),
        Parameters = arguments.Members("parameters"),
    };
}
