using System.Text.Json;
using AtlasCloud.Json;

namespace AtlasCloud.JsonSchema;

/// <summary>Validates a JSON value against a JSON schema and returns all errors. Unknown keywords are ignored.</summary>
internal sealed class SchemaValidator
{
    private readonly JsonElement _root;
    private readonly bool _isInput;

    private SchemaValidator(JsonElement root, ValidationLimit limit, bool isInput = false) => (_root, Limit, _isInput) = (root, limit, isInput);

    /// <summary>The limit that all checks of a request share.</summary>
    internal ValidationLimit Limit { get; }

    /// <summary>Returns all errors in document order; empty if the value is valid.</summary>
    internal static IReadOnlyList<ValidationError> Validate(JsonElement value, JsonElement schema, ValidationLimit? limit = null) =>
        new SchemaValidator(schema, limit ?? new ValidationLimit()).Check(value, schema, "$", 0);

    /// <summary>Returns all errors of one input of a model, including steps and addresses.</summary>
    /// <param name="value">The input's value.</param>
    /// <param name="rules">The schema of the input.</param>
    /// <param name="document">The document that <c>$ref</c> refers to.</param>
    /// <param name="name">The input's name.</param>
    /// <param name="limit">The limit for the whole request.</param>
    internal static IReadOnlyList<ValidationError> ValidateInput(JsonElement value, JsonElement rules, JsonElement document, string name, ValidationLimit limit) =>
        new SchemaValidator(document, limit, isInput: true).Check(value, rules, ObjectRules.AppendMember("$", name), 0);

    /// <summary>Returns the errors of combinations of inputs: only allOf, anyOf, oneOf, not and if at the top of the schema are checked.</summary>
    /// <param name="inputs">All inputs.</param>
    /// <param name="schema">The schema of the inputs.</param>
    /// <param name="document">The document that <c>$ref</c> refers to.</param>
    /// <param name="limit">The limit for the whole request.</param>
    internal static IReadOnlyList<ValidationError> ValidateCombinations(JsonElement inputs, JsonElement schema, JsonElement document, ValidationLimit limit)
    {
        List<ValidationError> errors = [];
        CombinationRules.Check(new SchemaValidator(document, limit, isInput: true), inputs, schema, "$", 0, errors);
        return [.. errors.Select(e => AddContext(e, schema, inputs))];
    }

    internal List<ValidationError> Check(JsonElement value, JsonElement schema, string path, int depth)
    {
        List<ValidationError> errors = [];
        if (schema.ValueKind == JsonValueKind.False)
        {
            errors.Add(new ValidationError(path, "is not allowed here", "false") { Rules = schema, Value = value });
        }

        if (schema.ValueKind != JsonValueKind.Object || !Limit.TryCheck(path, depth))
        {
            return errors;
        }

        if (schema.Text("$ref") is string reference && SchemaReference.Find(reference, _root) is JsonElement target)
        {
            errors.AddRange(Check(value, target, path, depth + 1));
        }

        if (value.ValueKind == JsonValueKind.Null && schema.Member("nullable")?.AsBoolean() == true)
        {
            return errors;
        }

        if (!SchemaTypes.Matches(value, schema, out string? expected))
        {
            // The schema's other keywords apply to another type.
            errors.Add(new ValidationError(path, $"must be {expected}, not {SchemaTypes.Describe(value)}", "type") { Rules = schema, Value = value });
            return errors;
        }

        CheckRules(value, schema, path, depth, errors);
        CombinationRules.Check(this, value, schema, path, depth, errors);
        return [.. errors.Select(e => AddContext(e, schema, value))];
    }

    /// <summary>Whether a value is valid; null if a rule that decides it was not checked.</summary>
    internal bool? IsValid(JsonElement value, JsonElement schema, string path, int depth)
    {
        int skipped = Limit.SkippedCount;
        bool isValid = Check(value, schema, path, depth).Count == 0;
        return skipped == Limit.SkippedCount ? isValid : null;
    }

    // Errors of nested values already have their context.
    private static ValidationError AddContext(ValidationError error, JsonElement schema, JsonElement value) =>
        error.Rules.ValueKind == JsonValueKind.Undefined ? error with { Rules = schema, Value = value } : error;

    // The keywords that apply to values of the type.
    private void CheckRules(JsonElement value, JsonElement schema, string path, int depth, List<ValidationError> errors)
    {
        if (_isInput && value.ValueKind == JsonValueKind.String && MultipleChoice.Applies(schema))
        {
            errors.AddRange(MultipleChoice.Check(JsonText.GetExactText(value), schema.GetProperty("enum"), path));
        }
        else
        {
            CheckAllowedValues(value, schema, path, errors);
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                NumberRules.Check(value, schema, path, errors);
                break;
            case JsonValueKind.String:
                TextRules.Check(value, schema, path, Limit, errors);
                break;
            case JsonValueKind.Array:
                ArrayRules.Check(this, value, schema, path, depth, errors);
                break;
            case JsonValueKind.Object:
                ObjectRules.Check(this, value, schema, path, depth, errors);
                break;
        }

        if (_isInput)
        {
            ModelInputRules.Check(value, schema, path, errors);
        }
    }

    private static void CheckAllowedValues(JsonElement value, JsonElement schema, string path, List<ValidationError> errors)
    {
        if (schema.Member("enum") is JsonElement { ValueKind: JsonValueKind.Array } choices && !choices.EnumerateArray().Any(c => JsonEquality.AreEqual(c, value)))
        {
            errors.Add(new ValidationError(path, $"must be one of {string.Join(", ", choices.EnumerateArray().Select(c => c.GetRawText()))}", "enum"));
        }

        // "const": null is a rule, unlike a missing const.
        if (schema.MemberOrNull("const") is JsonElement constant && !JsonEquality.AreEqual(constant, value))
        {
            errors.Add(new ValidationError(path, $"must be {constant.GetRawText()}", "const"));
        }
    }
}
