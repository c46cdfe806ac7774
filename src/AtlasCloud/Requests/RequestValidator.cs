using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Json;
using AtlasCloud.JsonSchema;
using AtlasCloud.Models;

namespace AtlasCloud.Requests;

/// <summary>Holds a composed request against everything that its model's schema says, and keeps quiet where the schema contradicts itself.</summary>
/// <param name="schema">What the model takes.</param>
/// <param name="body">The request.</param>
/// <param name="media">The inputs that hold media: what stands for them changes with the upload, so that their text is not looked at.</param>
/// <param name="filled">The inputs that were not given and have the schema's own default.</param>
internal sealed class RequestValidator(ModelSchema schema, JsonObject body, IReadOnlySet<string> media, IReadOnlySet<string> filled)
{
    private static readonly string[] s_textRules = ["format", "pattern", "minLength", "maxLength"];
    private static readonly string[] s_numberRules = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "step", "multipleOf"];
    private static readonly (string Least, string Most)[] s_ranges =
        [("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems")];

    /// <summary>All that the schema forbids, inputs one by one in display order, then what is wrong between them.</summary>
    internal IReadOnlyList<ValidationError> Faults()
    {
        JsonElement request = JsonText.ToElement(body);
        List<ValidationError> faults = [];
        foreach (ModelParameter parameter in schema.Parameters.Where(p => !filled.Contains(p.Name)))
        {
            if (schema.Rules(parameter.Name) is JsonElement rules && request.TryGetProperty(parameter.Name, out JsonElement value))
            {
                faults.AddRange(SchemaValidator.ValidateInput(value, rules, schema.Document, parameter.Name).Where(IsForbidden));
            }
        }

        HashSet<string> told = [.. faults.Select(f => f.Path)];
        faults.AddRange(Together(request).Where(f => !told.Contains(f.Path)));
        return faults;
    }

    // An input that is left out has its default, whatever a rule says that looks only at what is there: a request is refused where it fails both ways.
    private IEnumerable<ValidationError> Together(JsonElement request)
    {
        ValidationError[] faults = [.. Between(request)];
        if (faults.Length == 0)
        {
            return faults;
        }

        JsonObject complete = (JsonObject)body.DeepClone();
        foreach (ModelParameter parameter in schema.Parameters.Where(p => p.Default is not null && !IsNothing(p.Default) && !complete.ContainsKey(p.Name)))
        {
            complete[parameter.Name] = JsonValues.ToJson(parameter.Default);
        }

        HashSet<(string Path, string Message)> remaining = [.. Between(JsonText.ToElement(complete)).Select(f => (f.Path, f.Message))];
        return faults.Where(f => remaining.Contains((f.Path, f.Message)));
    }

    private IEnumerable<ValidationError> Between(JsonElement request) =>
        SchemaValidator.ValidateTogether(request, schema.Input, schema.Document).Where(IsForbidden);

    private static bool IsNothing(object value) => value is "" or Array { Length: 0 };

    private bool IsForbidden(ValidationError fault)
    {
        if (s_textRules.Contains(fault.Keyword) && fault.Value.ValueKind == JsonValueKind.String && media.Contains(InputOf(fault.Path)))
        {
            return false;
        }

        if (fault.Forms.Count > 0)
        {
            return fault.Forms.All(form => form.Any(IsForbidden));
        }

        // Schemas say oneOf where they mean anyOf: a plain value that is a number and a whole number is no mistake of the user's.
        if (fault.Keyword == "oneOf")
        {
            return fault.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        }

        JsonElement[] choices = [.. fault.Rules.Member("enum").Items()];
        bool isChoice = choices.Any(c => JsonEquality.AreEqual(c, fault.Value));
        return fault.Keyword switch
        {
            "enum" => choices.Length > 0,
            "type" => !isChoice,
            "const" or "false" or "required" => true,
            _ => !isChoice && !IsDefault(fault) && !IsLabelled(fault) && !IsContradiction(fault),
        };
    }

    private static bool IsDefault(ValidationError fault) => fault.Rules.Member("default") is JsonElement given && JsonEquality.AreEqual(given, fault.Value);

    // A value with a label, such as -1 for a length that the model chooses, stands outside the range and the steps.
    private static bool IsLabelled(ValidationError fault) =>
        s_numberRules.Contains(fault.Keyword) && fault.Rules.Member("x-enum-labels")?.Member(fault.Value.GetRawText()) is not null;

    private static bool IsContradiction(ValidationError fault) => s_ranges.Any(r =>
        (fault.Keyword == r.Least || fault.Keyword == r.Most) && fault.Rules.Member(r.Least)?.AsDecimal() > fault.Rules.Member(r.Most)?.AsDecimal());

    /// <summary>The input that a path begins with.</summary>
    internal static string InputOf(string path)
    {
        string inner = path.StartsWith("$['", StringComparison.Ordinal) ? path[3..].Split("']")[0] : path.TrimStart('$', '.').Split('.', '[')[0];
        return inner.Replace("\\'", "'", StringComparison.Ordinal);
    }
}
