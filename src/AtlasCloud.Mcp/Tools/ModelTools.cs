using System.Text.Json.Nodes;
using AtlasCloud.Mcp.Results;

namespace AtlasCloud.Mcp.Tools;

/// <summary>search_models and get_model.</summary>
internal sealed class ModelTools(AtlasCloudClient client)
{
    private const int DefaultLimit = 20;
    private const int MaxInputs = 200;
    private const int MaxAllowed = 100;

    internal async Task<ToolResult> SearchAsync(ToolCall call, CancellationToken cancellationToken)
    {
        string? type = call.Arguments.Text("type");
        string query = call.Arguments.Text("query") ?? "";
        Model[] found =
        [
            .. (await client.Models.ListAsync(refresh: false, cancellationToken).ConfigureAwait(false))
                .Where(m => !m.IsHidden && (type is null || m.IsOfType(type)) && m.MatchesSearch(query))
                .OrderByDescending(m => m.Priority).ThenBy(m => m.Id, StringComparer.Ordinal),
        ];
        return new ToolResult(new JsonObject
        {
            ["total"] = found.Length,
            ["models"] = new JsonArray([.. found.Take(call.Arguments.Integer("limit") ?? DefaultLimit).Select(m => Summarize(m, 200))]),
        });
    }

    internal async Task<ToolResult> GetAsync(ToolCall call, CancellationToken cancellationToken)
    {
        Model model = await client.Models.ResolveAsync(call.Arguments.RequiredText("model"), cancellationToken: cancellationToken).ConfigureAwait(false);
        ModelSchema? schema = model.Kind == ModelKind.Chat ? null : await client.Models.TryGetSchemaAsync(model, cancellationToken).ConfigureAwait(false);
        JsonObject result = Summarize(model, 1000);
        result.Set("context_length", model.ContextLength);
        result.Set("maximum_output_tokens", model.MaximumOutputTokens);
        result["has_schema"] = schema is not null;
        result["inputs"] = new JsonArray([.. (schema?.Parameters ?? []).Take(MaxInputs).Select(p => Describe(p, schema!))]);
        return new ToolResult(result);
    }

    private static JsonObject Summarize(Model model, int descriptionLength)
    {
        JsonObject result = new()
        {
            ["id"] = DataText.Line(model.Id, 200),
            ["type"] = DataText.Line(model.Type, 40),
            ["kind"] = model.Kind.ToWord(),
        };
        result.Set("name", DataText.LineOrNull(model.DisplayName, 200));
        result.Set("provider", DataText.LineOrNull(model.Provider, 100));
        result.Set("price", DataText.LineOrNull(model.Pricing?.ToString(), 100));
        result.Set("description", DataText.LineOrNull(model.Description, descriptionLength));
        return result;
    }

    private static JsonObject Describe(ModelParameter input, ModelSchema schema)
    {
        JsonObject result = new()
        {
            ["name"] = DataText.Line(input.Name, 100),
            ["type"] = DataText.Line(input.Type, 40),
            ["required"] = input.IsRequired,
        };
        result.Set("argument", ArgumentOf(schema.FindCommonInput(input)));
        result.Set("default", ToNode(input.Default));
        IReadOnlyList<object?> allowed = input.AllowedValues.Count > 0 ? input.AllowedValues : input.ItemAllowedValues;
        if (allowed.Count > 0)
        {
            result["allowed"] = new JsonArray([.. allowed.Take(MaxAllowed).Select(ToNode)]);
        }

        result.Set("minimum", input.Minimum ?? input.ItemMinimum);
        result.Set("maximum", input.Maximum ?? input.ItemMaximum);
        result.Set("maximum_count", input.MaximumCount);
        result.Set("maximum_length", input.MaximumLength);
        result.Set("media", DataText.LineOrNull(input.MediaKind, 40));
        result.Set("description", DataText.LineOrNull(input.Description, 300));
        return result;
    }

    private static string? ArgumentOf(CommonInput? input) => input switch
    {
        CommonInput.Prompt => "prompt",
        CommonInput.NegativePrompt => "negative_prompt",
        CommonInput.Image => "images",
        CommonInput.LastImage => "last_image",
        CommonInput.Video => "videos",
        CommonInput.Audio => "audios",
        CommonInput.Seed => "seed",
        CommonInput.AspectRatio => "aspect_ratio",
        CommonInput.Resolution => "resolution",
        CommonInput.Size => "size",
        CommonInput.Duration => "duration",
        CommonInput.Count => "count",
        _ => null,
    };

    private static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        bool flag => flag,
        int or long => Convert.ToInt64(value, null),
        decimal number => number,
        double number when double.IsFinite(number) => number,
        _ => DataText.Line(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture), 300),
    };
}
