using System.Globalization;
using System.Management.Automation;
using AtlasCloud.PowerShell.Commands;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>
/// Puts what was typed and what came down the pipeline together into one request. An object of this module also has properties
/// called like parameters (a prediction has a Model): those describe where it came from, and are not taken as wishes.
/// </summary>
internal sealed class GenerationInput
{
    private readonly RequestCmdlet _command;
    private readonly PathIntrinsics _paths;
    private readonly object? _input;
    private readonly bool _isMedium;

    internal GenerationInput(RequestCmdlet command, PathIntrinsics paths)
    {
        (_command, _paths, _input) = (command, paths, Deserialized.Restore(command.InputObject));
        _isMedium = _input is Prediction or Output or Media or MediaSource or FileInfo or Uri
            || (_input is string && command.IsTyped(nameof(command.Prompt)));
    }

    /// <exception cref="AtlasCloudException">InvalidParameter: what came cannot be used so.</exception>
    internal GenerationRequest ToRequest()
    {
        if (_isMedium && !_command.IsTyped(nameof(_command.Model)))
        {
            throw Invalid("A model has to be named: that of the input made the input.", "Give -Model.");
        }

        GenerationRequest request = new()
        {
            Model = _command.Model,
            Prompt = PromptOf(),
            NegativePrompt = Wish(nameof(_command.NegativePrompt), _command.NegativePrompt),
            Images = Wish(nameof(_command.Image), _command.Image) ?? [],
            LastImage = One(Wish(nameof(_command.LastImage), _command.LastImage)),
            Videos = Wish(nameof(_command.Video), _command.Video) ?? [],
            Audios = Wish(nameof(_command.Audio), _command.Audio) ?? [],
            Seed = Wish(nameof(_command.Seed), _command.Seed),
            AspectRatio = Wish(nameof(_command.AspectRatio), _command.AspectRatio),
            Resolution = Wish(nameof(_command.Resolution), _command.Resolution),
            Size = Wish(nameof(_command.Size), _command.Size),
            Duration = Wish(nameof(_command.Duration), _command.Duration),
            Count = Wish(nameof(_command.Count), _command.Count),
            Parameters = Wish(nameof(_command.Parameters), _command.Parameters) is { } given ? PlainValues.Unwrap(given) : null,
            SkipValidation = _command.SkipValidation,
        };
        return _isMedium ? WithMedium(request) : request;
    }

    private string? PromptOf() => _input switch
    {
        string text when !_isMedium => text,
        Output { Text: string text } when !_command.IsTyped(nameof(_command.Prompt)) => text,
        ChatReply reply when !_command.IsTyped(nameof(_command.Prompt)) => reply.Text,

        // 1..200 | New-AtlasImage: a number is a prompt like any other word.
        ValueType plain when !_command.IsTyped(nameof(_command.Prompt)) && _command.Prompt is null => Convert.ToString(plain, CultureInfo.InvariantCulture),
        _ => Wish(nameof(_command.Prompt), _command.Prompt),
    };

    private T? Wish<T>(string name, T? value) => !_isMedium || _command.IsTyped(name) ? value : default;

    private GenerationRequest WithMedium(GenerationRequest request)
    {
        if (_input is Output { Text: not null })
        {
            return request;
        }

        MediaSource[] sources = [.. MediaSourceTransformationAttribute.Convert(_paths, _input)];
        if (sources.Length == 0)
        {
            throw Invalid($"The input ({_input}) holds nothing that could be used as a medium.", "Wait for it with Wait-AtlasPrediction first.");
        }

        MediaSource[] Of(params MediaKind[] kinds) => [.. sources.Where(s => kinds.Contains(s.Kind))];
        return request with
        {
            Images = [.. request.Images, .. Of(MediaKind.Image, MediaKind.Unknown, MediaKind.ThreeD, MediaKind.Archive, MediaKind.Text)],
            Videos = [.. request.Videos, .. Of(MediaKind.Video)],
            Audios = [.. request.Audios, .. Of(MediaKind.Audio)],
        };
    }

    private static MediaSource? One(MediaSource[]? sources) => sources?.Length switch
    {
        null or 0 => null,
        1 => sources[0],
        int count => throw Invalid($"-LastImage is one image, not {count}.", "Give one."),
    };

    private static AtlasCloudException Invalid(string what, string action) =>
        new(AtlasCloudErrorKind.InvalidParameter, $"{what} Nothing was submitted.") { RecommendedAction = action };
}
