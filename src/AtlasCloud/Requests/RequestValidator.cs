using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.JsonSchema;

namespace AtlasCloud.Requests;

/// <summary>Checks a composed request against its model's schema. Rules that contradict the schema's own values are ignored.</summary>
/// <param name="schema">The model's inputs.</param>
/// <param name="body">The request.</param>
/// <param name="media">The media inputs. Their text changes with the upload, so rules about text do not apply.</param>
/// <param name="defaulted">The inputs that were omitted and have the schema's default.</param>
/// <param name="limit">The limit of all checks of the request.</param>
internal sealed class RequestValidator(ModelSchema schema, JsonObject body, IReadOnlySet<string> media, IReadOnlySet<string> defaulted, ValidationLimit limit)
{
    private static readonly string[] s_textRules = ["format", "pattern", "minLength", "maxLength"];
    private static readonly string[] s_numberRules = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "step", "multipleOf"];
    private static readonly (string Minimum, string Maximum)[] s_ranges =
        [("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems")];

    /// <summary>All errors: those of single inputs in display order, then those between inputs.</summary>
    internal IReadOnlyList<ValidationError> Validate()
    {
        JsonElement request = JsonText.ToElement(body);
        List<ValidationError> errors = [];
        foreach (ModelParameter parameter in schema.Parameters.Where(p => !defaulted.Contains(p.Name)))
        {
            if (schema.Rules(parameter.Name) is JsonElement rules && request.TryGetProperty(parameter.Name, out JsonElement value))
            {
                errors.AddRange(SchemaValidator.ValidateInput(value, rules, schema.Document, parameter.Name, limit).Where(IsRelevant));
            }
        }

        HashSet<string> reported = [.. errors.Select(f => f.Path)];
        errors.AddRange(ValidateCombinations(request).Where(f => !reported.Contains(f.Path) && !IsRequiredAlways(f)));
        return errors;
    }

    // An omitted input has its default, which rules about present inputs do not see: a request is refused only if it fails with and without the defaults.
    private IEnumerable<ValidationError> ValidateCombinations(JsonElement request)
    {
        ValidationError[] errors = [.. FindConflicts(request)];
        if (errors.Length == 0)
        {
            return errors;
        }

        JsonObject complete = (JsonObject)body.DeepClone();
        foreach (ModelParameter parameter in schema.Parameters.Where(p => p.Default is not null && !IsEmpty(p.Default) && !complete.ContainsKey(p.Name)))
        {
            complete[parameter.Name] = JsonValues.ToJson(parameter.Default);
        }

        HashSet<(string Path, string Message)> remaining = [.. FindConflicts(JsonText.ToElement(complete)).Select(f => (f.Path, f.Message))];
        return errors.Where(f => remaining.Contains((f.Path, f.Message)));
    }

    private IEnumerable<ValidationError> FindConflicts(JsonElement request) =>
        SchemaValidator.ValidateCombinations(request, schema.Input, schema.Document, limit).Where(IsRelevant);

    // The composer reports these, also those that a part of the schema requires.
    private bool IsRequiredAlways(ValidationError error) =>
        error.Keyword == "required" && error.Conditions.Count == 0 && (GetInput(error.Path) == "model" || schema.Find(GetInput(error.Path)) is { IsRequired: true });

    private static bool IsEmpty(object value) => value is "" or Array { Length: 0 };

    private bool IsRelevant(ValidationError error)
    {
        if (s_textRules.Contains(error.Keyword) && error.Value.ValueKind == JsonValueKind.String && media.Contains(GetInput(error.Path)))
        {
            return false;
        }

        if (error.Alternatives.Count > 0)
        {
            return error.Alternatives.All(form => form.Any(IsRelevant));
        }

        // Schemas use oneOf for anyOf: a number that is also an integer is not the user's mistake.
        if (error.Keyword == "oneOf")
        {
            return error.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        }

        JsonElement[] choices = [.. error.Rules.Member("enum").Items()];
        bool isChoice = choices.Any(c => JsonEquality.AreEqual(c, error.Value));
        return error.Keyword switch
        {
            "enum" => choices.Length > 0,
            "type" => !isChoice,
            "const" or "false" or "required" => true,
            _ => !isChoice && !IsDefault(error) && !IsLabeled(error) && !IsContradiction(error),
        };
    }

    private static bool IsDefault(ValidationError error) => error.Rules.Member("default") is JsonElement given && JsonEquality.AreEqual(given, error.Value);

    // A labeled value, such as -1 for a duration that the model chooses, may lie outside the range and the steps.
    private static bool IsLabeled(ValidationError error) =>
        s_numberRules.Contains(error.Keyword) && error.Rules.Member("x-enum-labels")?.Member(error.Value.GetRawText()) is not null;

    private static bool IsContradiction(ValidationError error) => s_ranges.Any(r =>
        (error.Keyword == r.Minimum || error.Keyword == r.Maximum) && error.Rules.Member(r.Minimum)?.AsDecimal() > error.Rules.Member(r.Maximum)?.AsDecimal());

    /// <summary>The input at the start of a path.</summary>
    internal static string GetInput(string path)
    {
        string inner = path.StartsWith("$['", StringComparison.Ordinal) ? path[3..].Split("']")[0] : path.TrimStart('$', '.').Split('.', '[')[0];
        return inner.Replace("\\'", "'", StringComparison.Ordinal);
    }
}
