using System.Globalization;
using System.Management.Automation;
using AtlasCloud.PowerShell.Commands;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>
/// Combines arguments and pipeline input into one request. Objects of this module have properties with the names of parameters, such as the Model of a
/// prediction. These describe the origin of the object and are ignored.
/// </summary>
internal sealed class GenerationInput
{
    private readonly RequestCmdlet _command;
    private readonly PathIntrinsics _paths;
    private readonly object? _input;
    private readonly bool _isMedia;

    internal GenerationInput(RequestCmdlet command, PathIntrinsics paths)
    {
        (_command, _paths, _input) = (command, paths, Deserialized.Restore(command.InputObject));
        _isMedia = _input is Prediction or Output or Media or MediaSource or FileInfo or Uri
            || (_input is string && command.IsFromCommandLine(nameof(command.Prompt)));
    }

    /// <exception cref="AtlasCloudException">InvalidParameter: the pipeline input cannot be used with these arguments.</exception>
    internal GenerationRequest CreateRequest()
    {
        if (_isMedia && !_command.IsFromCommandLine(nameof(_command.Model)))
        {
            throw CmdletErrors.ModelNotSpecified();
        }

        GenerationRequest request = new()
        {
            Model = _command.Model,
            Prompt = GetPrompt(),
            NegativePrompt = Select(nameof(_command.NegativePrompt), _command.NegativePrompt),
            Images = Select(nameof(_command.Image), _command.Image) ?? [],
            LastImage = GetSingle(Select(nameof(_command.LastImage), _command.LastImage)),
            Videos = Select(nameof(_command.Video), _command.Video) ?? [],
            Audios = Select(nameof(_command.Audio), _command.Audio) ?? [],
            Seed = Select(nameof(_command.Seed), _command.Seed),
            AspectRatio = Select(nameof(_command.AspectRatio), _command.AspectRatio),
            Resolution = Select(nameof(_command.Resolution), _command.Resolution),
            Size = Select(nameof(_command.Size), _command.Size),
            Duration = Select(nameof(_command.Duration), _command.Duration),
            Count = Select(nameof(_command.Count), _command.Count),
            Parameters = Select(nameof(_command.Parameters), _command.Parameters) is { } parameters ? PlainValues.Unwrap(parameters) : null,
            SkipValidation = _command.SkipValidation,
        };
        return _isMedia ? AddMedia(request) : request;
    }

    private string? GetPrompt() => _input switch
    {
        string text when !_isMedia => text,
        Output { Text: string text } when !_command.IsFromCommandLine(nameof(_command.Prompt)) => text,
        ChatReply reply when !_command.IsFromCommandLine(nameof(_command.Prompt)) => reply.Text,

        // A number is a prompt too: 1..200 | New-AtlasImage.
        ValueType number when !_command.IsFromCommandLine(nameof(_command.Prompt)) && _command.Prompt is null => Convert.ToString(number, CultureInfo.InvariantCulture),
        _ => Select(nameof(_command.Prompt), _command.Prompt),
    };

    private T? Select<T>(string name, T? value) => !_isMedia || _command.IsFromCommandLine(name) ? value : default;

    private GenerationRequest AddMedia(GenerationRequest request)
    {
        if (_input is Output { Text: not null })
        {
            return request;
        }

        MediaSource[] sources = [.. MediaSourceTransformationAttribute.Convert(_paths, _input)];
        if (sources.Length == 0)
        {
            throw CmdletErrors.InputWithoutMedia(_input);
        }

        MediaSource[] OfKind(params MediaKind[] kinds) => [.. sources.Where(s => kinds.Contains(s.Kind))];
        return request with
        {
            Images = [.. request.Images, .. OfKind(MediaKind.Image, MediaKind.Unknown, MediaKind.ThreeD, MediaKind.Archive, MediaKind.Text)],
            Videos = [.. request.Videos, .. OfKind(MediaKind.Video)],
            Audios = [.. request.Audios, .. OfKind(MediaKind.Audio)],
        };
    }

    private static MediaSource? GetSingle(MediaSource[]? sources) => sources?.Length switch
    {
        null or 0 => null,
        1 => sources[0],
        int count => throw CmdletErrors.SeveralLastImages(count),
    };
}
