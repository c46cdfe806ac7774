using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.JsonSchema;

/// <summary>Checks a JSON value against a JSON schema and lists everything that does not fit. What it does not know in a schema, it lets pass.</summary>
internal sealed class SchemaValidator
{
    // A schema that refers to itself without going down into the value would never end.
    private const int DeepestRules = 100;

    // Nor would one that does so twice at each step.
    private const int MostRules = 200_000;

    private readonly JsonElement _root;
    private readonly bool _isInput;
    private int _count;

    private SchemaValidator(JsonElement root, bool isInput = false) => (_root, _isInput) = (root, isInput);

    /// <summary>All faults, in the order in which the value has them; empty where it fits.</summary>
    internal static IReadOnlyList<ValidationError> Validate(JsonElement value, JsonElement schema) => new SchemaValidator(schema).Check(value, schema, "$", 0);

    /// <summary>All faults of one input of a model, by the rules that its document has for it. These know steps and addresses, too.</summary>
    internal static IReadOnlyList<ValidationError> ValidateInput(JsonElement value, JsonElement rules, JsonElement document, string name) =>
        new SchemaValidator(document, isInput: true).Check(value, rules, ObjectRules.PathOf("$", name), 0);

    /// <summary>All faults of inputs that fit by themselves and not together: what a schema says by other schemas, and nothing else.</summary>
    internal static IReadOnlyList<ValidationError> ValidateTogether(JsonElement inputs, JsonElement schema, JsonElement document)
    {
        List<ValidationError> faults = [];
        CombinationRules.Check(new SchemaValidator(document, isInput: true), inputs, schema, "$", 0, faults);
        return [.. faults.Select(f => Complete(f, schema, inputs))];
    }

    internal List<ValidationError> Check(JsonElement value, JsonElement schema, string path, int depth)
    {
        List<ValidationError> faults = [];
        if (schema.ValueKind == JsonValueKind.False)
        {
            faults.Add(new ValidationError(path, "is not allowed here", "false") { Rules = schema, Value = value });
        }

        if (schema.ValueKind != JsonValueKind.Object || depth > DeepestRules || ++_count > MostRules)
        {
            return faults;
        }

        if (schema.Text("$ref") is string reference && SchemaReference.Find(reference, _root) is JsonElement target)
        {
            faults.AddRange(Check(value, target, path, depth + 1));
        }

        if (value.ValueKind == JsonValueKind.Null && schema.Member("nullable")?.AsBoolean() == true)
        {
            return faults;
        }

        if (!SchemaTypes.Fits(value, schema, out string? wanted))
        {
            // Whatever else the schema says is about another type.
            faults.Add(new ValidationError(path, $"is {SchemaTypes.NameOf(value)} and must be {wanted}", "type") { Rules = schema, Value = value });
            return faults;
        }

        CheckChoice(value, schema, path, faults);
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                NumberRules.Check(value, schema, path, faults);
                break;
            case JsonValueKind.String:
                TextRules.Check(value, schema, path, faults);
                break;
            case JsonValueKind.Array:
                ArrayRules.Check(this, value, schema, path, depth, faults);
                break;
            case JsonValueKind.Object:
                ObjectRules.Check(this, value, schema, path, depth, faults);
                break;
        }

        if (_isInput)
        {
            ModelInputRules.Check(value, schema, path, faults);
        }

        CombinationRules.Check(this, value, schema, path, depth, faults);
        return [.. faults.Select(f => Complete(f, schema, value))];
    }

    internal bool Fits(JsonElement value, JsonElement schema, int depth) => Check(value, schema, "$", depth).Count == 0;

    // Those from further down have theirs already.
    private static ValidationError Complete(ValidationError fault, JsonElement schema, JsonElement value) =>
        fault.Rules.ValueKind == JsonValueKind.Undefined ? fault with { Rules = schema, Value = value } : fault;

    private static void CheckChoice(JsonElement value, JsonElement schema, string path, List<ValidationError> faults)
    {
        if (schema.Member("enum") is JsonElement { ValueKind: JsonValueKind.Array } choices && !choices.EnumerateArray().Any(c => JsonEquality.AreEqual(c, value)))
        {
            faults.Add(new ValidationError(path, $"must be one of {string.Join(", ", choices.EnumerateArray().Select(c => c.GetRawText()))}", "enum"));
        }

        // A const of null is a rule too, so that absence must be told from it.
        if (schema.MemberOrNull("const") is JsonElement only && !JsonEquality.AreEqual(only, value))
        {
            faults.Add(new ValidationError(path, $"must be {only.GetRawText()}", "const"));
        }
    }
}
