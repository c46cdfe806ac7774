using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Pipeline;

internal static partial class CmdletErrors
{
    private const string InputAdvice = "Pipe text, files, predictions, or objects with properties, such as those of Import-Csv and ConvertFrom-Json.";

    /// <summary>Properties of an input object cannot be used. All of them are in one error.</summary>
    internal static AtlasCloudException RowInvalid(IReadOnlyList<string> problems) => Invalid(
        $"The input object is not valid: {string.Join(" ", problems)} Nothing was submitted.",
        "Correct the values. about_AtlasCloud_Pipelines shows what happens to each column.",
        "InputObject");

    /// <summary>The argument of -Parameters cannot be used.</summary>
    /// <param name="problem">What is wrong with it, to follow its name.</param>
    internal static AtlasCloudException ParametersInvalid(string problem) => Invalid(
        $"-Parameters {problem}. Nothing was submitted.", "Correct the keys and values. Get-AtlasModelParameter shows the inputs of a model.", "Parameters");

    /// <summary>A JSON object contains a member twice.</summary>
    internal static AtlasCloudException JsonMemberRepeated(string member, Exception cause) => Invalid(
        $"A JSON object contains '{Conversion.Show(member)}' twice. Nothing was submitted.", "Remove one of the two members.", member, cause: cause);

    /// <summary>A property of an input object throws.</summary>
    internal static AtlasCloudException PropertyUnreadable(string property, Exception cause) => Invalid(
        $"The property '{property}' of the input object cannot be read: {cause.Message} Nothing was submitted.", "Correct the property, or remove it with Select-Object -ExcludeProperty.", "InputObject");

    /// <summary>The pipeline input is of a type that is neither text nor a number, media or an object with properties.</summary>
    internal static AtlasCloudException InputUnusable(object input) => Invalid(
        $"The pipeline input is of type {input.GetType().Name}, which is not a prompt, media or an object with inputs. Nothing was submitted.", InputAdvice, "InputObject");

    /// <summary>No property of an input object is an input.</summary>
    internal static AtlasCloudException InputWithoutColumns(object input) => Invalid(
        $"No property of the pipeline input, which is of type {input.GetType().Name}, is a parameter or an input of the model. Nothing was submitted.", InputAdvice, "InputObject");

    /// <summary>Text is piped although a prompt is specified.</summary>
    internal static AtlasCloudException TextBesideText(string parameter) => Invalid(
        $"The pipeline input is text, and -{parameter} is specified as well. Nothing was submitted.", $"Omit -{parameter}, or combine both texts in it.", parameter);

    /// <summary>Neither an argument nor the pipeline input names a model.</summary>
    /// <param name="defaultParameter">The parameter of Set-AtlasDefault for the command; null if it has no default model.</param>
    internal static AtlasCloudException ModelMissing(string? defaultParameter) => Invalid(
        "No model is specified. Nothing was submitted.",
        $"Specify -Model, or a property Model of the pipeline input{(defaultParameter is null ? "" : $", or set a default with Set-AtlasDefault -{defaultParameter}")}. Get-AtlasModel lists the models.",
        "Model");

    /// <summary>A default is set and removed in one command.</summary>
    internal static AtlasCloudException DefaultSetAndRemoved(string name) =>
        Invalid($"-{name} and -Remove {name} are both specified. Nothing was changed.", "Specify one of them.", "Remove");

    /// <summary>A default of the user cannot be used.</summary>
    internal static AtlasCloudException DefaultUnusable(string location, string parameter, AtlasCloudException cause) => Invalid(
        $"The default in {location} is not valid: {cause.Message}", $"Correct the file, change it with Set-AtlasDefault -{parameter}, or specify -{parameter}.", parameter, cause: cause);

    /// <summary>A model is named twice.</summary>
    internal static AtlasCloudException ModelRepeated(string model) => Invalid(
        $"-Model names '{TerminalText.ToSingleLine(model, 100)}' twice. Nothing was submitted.", "Name each model once. -Count sets the number of results.", "Model");

    /// <summary>-Parameters has inputs for each model, and one of its keys is not a model of the command.</summary>
    internal static AtlasCloudException ModelKeyUnknown(string key, IReadOnlyList<string> models) => Invalid(
        $"The keys of -Parameters are models, and '{TerminalText.ToSingleLine(key, 100)}' is not one of them: {string.Join(", ", models.Select(m => TerminalText.ToSingleLine(m, 100)))}{(InputText.FindNearest(key, models) is string nearest ? $"; did you mean '{TerminalText.ToSingleLine(nearest, 100)}'?" : ".")} Nothing was submitted.",
        "Correct the key, or specify the inputs of each model under its name: -Parameters @{ 'model' = @{ input = 'value' } }.",
        "Parameters",
        key);

    /// <summary>-Parameters has inputs for each model, and one of its values is not a dictionary.</summary>
    internal static AtlasCloudException ModelKeyWithoutInputs(string key) => Invalid(
        $"The keys of -Parameters are models, and the value of '{TerminalText.ToSingleLine(key, 100)}' is not a hashtable, an object or a JSON object. Nothing was submitted.",
        "Specify the inputs of the model: -Parameters @{ 'model' = @{ input = 'value' } }.",
        "Parameters",
        key);

    /// <summary>A row has a list of models.</summary>
    internal static AtlasCloudException ModelColumnInvalid() => Invalid(
        "The property Model of the input object is a list. Nothing was submitted.", "Use one model per row, or specify several with -Model.", "InputObject");

    /// <summary>Arguments have no value, usually because a variable is not set.</summary>
    internal static AtlasCloudException ArgumentsEmpty(IReadOnlyList<string> parameters) => Invalid(
        $"{string.Join(", ", parameters.Select(p => "-" + p))} {(parameters.Count == 1 ? "is" : "are")} specified without a value. Nothing was submitted.",
        "Check the variable or command that provides the value, or omit the parameter.",
        parameters[0]);
}
