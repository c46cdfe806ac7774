namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>Creates the errors of the cmdlets themselves, with their advice. One file per area.</summary>
internal static partial class CmdletErrors
{
    /// <summary>A path belongs to another provider, such as the registry.</summary>
    internal static AtlasCloudException NotFileSystem(string? parameter, string path, string provider) => Invalid(
        $"'{path}' is a path of the provider {provider}, not a file system path.",
        "Specify a file system path, including the drive.",
        parameter,
        path);

    /// <summary>The drive of a path does not exist.</summary>
    internal static AtlasCloudException DriveMissing(string? parameter, string path, Exception cause) => Invalid(
        $"The drive of '{path}' does not exist.",
        "Specify a file system path. A URL starts with https://.",
        parameter,
        path,
        cause);

    /// <summary>The engine cannot resolve a path.</summary>
    internal static AtlasCloudException PathInvalid(string? parameter, string path, Exception cause) => Invalid(
        $"'{path}' is not a valid path: {cause.Message}",
        "Specify a file system path. A URL starts with https://.",
        parameter,
        path,
        cause);

    /// <summary>No file matches a pattern.</summary>
    internal static AtlasCloudException PatternWithoutMatch(string parameter, string path) => Invalid(
        $"No file matches the pattern '{path}'.",
        "Check the folder and the pattern. In a name, escape brackets with a backtick: 'photo`[1`].png'.",
        parameter,
        path);

    /// <summary>A pattern is malformed.</summary>
    internal static AtlasCloudException PatternInvalid(string? parameter, string path, Exception cause) => Invalid(
        $"'{path}' is neither an existing file nor a valid wildcard pattern.",
        "Check the brackets. In a name, escape them with a backtick: 'photo`[1`].png'.",
        parameter,
        path,
        cause);

    /// <summary>A question could not be asked, since the host has no user or no input.</summary>
    internal static AtlasCloudException HostCannotAsk(Exception cause) => Invalid(
        "The host cannot ask for confirmation, so the operation was not performed.",
        "Run the command in an interactive session, or specify -Confirm:$false to run it without a question.",
        "Confirm",
        cause: cause);

    /// <summary>A period must be longer than zero.</summary>
    internal static AtlasCloudException TimeNotPositive(string parameter, TimeSpan value) =>
        Invalid($"-{parameter} must be greater than zero, but is {value}.", "Specify a time such as 00:00:30.", parameter, $"{value}");

    /// <summary>A period must not be negative.</summary>
    internal static AtlasCloudException TimeNegative(string parameter, TimeSpan value) =>
        Invalid($"-{parameter} must not be negative, but is {value}.", "Specify a time such as 00:00:30, or 0.", parameter, $"{value}");

    /// <summary>A value of -Parameters contains itself, or too many levels.</summary>
    internal static AtlasCloudException NestedTooDeeply() => Invalid(
        "A value in -Parameters is nested too deeply or contains itself. Nothing was submitted.", "Use text, numbers, booleans, arrays and hashtables.", "Parameters");

    /// <summary>Media from the pipeline needs an explicit model.</summary>
    internal static AtlasCloudException ModelNotSpecified() => Invalid(
        "The pipeline input is media, and -Model is not specified. Nothing was submitted.",
        "Specify -Model. The model that generated the input is not reused for the new request.",
        "Model");

    /// <summary>A prediction in the pipeline contains no media, usually because it has not finished.</summary>
    internal static AtlasCloudException InputWithoutMedia(object? input) =>
        Invalid($"The pipeline input ({input}) contains no media. Nothing was submitted.", "Wait for the prediction with Wait-AtlasPrediction first.", "InputObject");

    /// <summary>An output does not name its prediction.</summary>
    internal static AtlasCloudException OutputWithoutPrediction(string output) => Invalid(
        $"The output '{TerminalText.ToSingleLine(output, 100)}' has no prediction ID, so it cannot be saved.", "Pipe the prediction to Save-AtlasOutput instead of its outputs.", "Output");

    /// <summary>An output is not among those that are saved.</summary>
    internal static AtlasCloudException OutputNotPlanned(string predictionId, int index) => Invalid(
        $"Output {index} of prediction {predictionId} is a thumbnail, a last frame or a package, which are not saved by default.", "Add -All to save it.", "Output");

    /// <summary>A prediction that failed does not contain the request.</summary>
    internal static AtlasCloudException RequestUnknown(string predictionId) => Invalid(
        $"Prediction {predictionId} has no outputs and does not contain its request. Nothing was submitted.",
        "Only predictions that this process submitted, and .json files of Save-AtlasOutput -Metadata, contain the request. Specify -Model and the inputs again.",
        "InputObject");

    /// <summary>A prediction does not contain the request.</summary>
    internal static AtlasCloudException PredictionWithoutRequest(string predictionId) => Invalid(
        $"Prediction {predictionId} does not contain its request.",
        "Only predictions that this process submitted contain it. Import a .json file of Save-AtlasOutput -Metadata, or a journal entry that was recorded with -JournalPrompt.",
        "InputObject");

    /// <summary>A journal entry does not contain the request.</summary>
    internal static AtlasCloudException RequestNotRecorded(JournalEntry entry) => Invalid(
        $"The journal entry {entry.PredictionId ?? entry.JournalId} does not contain its request. Nothing was submitted.",
        "The journal contains requests only if the session was created with -JournalPrompt, and only up to 256 KiB each. Use a .json file of Save-AtlasOutput -Metadata instead.",
        "InputObject");

    /// <summary>An object contains no request.</summary>
    internal static AtlasCloudException ObjectWithoutRequest(object input) => Invalid(
        $"The pipeline input is of type {input.GetType().Name}, which contains no request.",
        "Pipe saved files with their .json files, journal entries, or predictions that this process submitted.",
        "InputObject");

    /// <summary>A folder or file to search for inputs does not exist.</summary>
    internal static AtlasCloudException InputPathMissing(string path) =>
        Invalid($"'{path}' does not exist.", "Specify existing folders or files with -InputPath.", "InputPath", path);

    /// <summary>More than one last image.</summary>
    internal static AtlasCloudException SeveralLastImages(int count) =>
        Invalid($"-LastImage must be one image, but {count} are specified. Nothing was submitted.", "Specify one image.", "LastImage");

    /// <summary>The state is one of the journal.</summary>
    internal static AtlasCloudException StateNotInHistory(string state) => Invalid(
        $"The history does not distinguish the state '{state}'; it has InFlight, Succeeded and Failed. Nothing was requested.",
        "Use one of these, or -Journal instead of -History.",
        "State",
        state);

    /// <summary>A filter has a value that no model of the catalog has.</summary>
    internal static AtlasCloudException FilterWithoutModel(string parameter, string value, IReadOnlyList<string> existing) => new(
        AtlasCloudErrorKind.InvalidParameter,
        $"No model has the {parameter.ToLowerInvariant()} '{value}'. Expected: {string.Join(", ", existing)}.")
    {
        Input = parameter,
        Value = value,
        Allowed = existing,
        Target = value,
        RecommendedAction = $"Complete -{parameter} with the Tab key, use a wildcard pattern such as '*{value}*', or read the catalog again with -Refresh.",
    };

    /// <summary>The first day of a billing period is after its last day.</summary>
    internal static AtlasCloudException BillingPeriodEmpty(string parameter, string from, string to) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"The first day, {from}, is after the last day, {to}. Nothing was requested.")
        {
            Reason = AtlasCloudErrorReason.BillingPeriodEmpty,
            Input = parameter,
            Value = from,
        };

    /// <summary>The headers of a webhook delivery cannot be read.</summary>
    internal static AtlasCloudException WebhookHeadersInvalid(string problem) =>
        Invalid($"-Headers {problem}. The delivery was not verified.", "Specify a hashtable or the headers object of the request.", "Headers");

    /// <summary>The body of a webhook delivery was split into lines.</summary>
    internal static AtlasCloudException WebhookBodySplit() => Invalid(
        "The body was split into lines, so its line endings are lost. The delivery was not verified.", "Read the body in one piece with Get-Content -Raw.", "RawBody");

    /// <summary>The body of a webhook delivery was parsed.</summary>
    internal static AtlasCloudException WebhookBodyParsed() => Invalid(
        "The body was parsed into an object, so the bytes that were signed are lost. The delivery was not verified.",
        "Specify the raw body: $Request.RawBody in an Azure function, or the bytes of the InputStream of a listener.",
        "RawBody");

    private static AtlasCloudException Invalid(string message, string advice, string? parameter = null, string? value = null, Exception? cause = null) =>
        new(AtlasCloudErrorKind.InvalidParameter, message, cause) { Input = parameter, Value = value, Target = value, RecommendedAction = advice };
}
