using System.Collections;
using System.Globalization;
using System.Management.Automation;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>Converts the value of a property to the type of a parameter. It is stricter than the engine, which converts almost anything to text.</summary>
internal static class CellReader
{
    internal static Conversion Read(RowParameter parameter, object? value, PathIntrinsics paths) => parameter switch
    {
        { Number: NumberTransformationAttribute number } => number.Read(value),
        { IsMedium: true } => ReadMedia(value, paths),
        { IsDictionary: true } => ParametersReader.Read(value),
        _ when parameter.Type == typeof(TimeSpan) => TimeSpanReader.Read(value),
        _ when parameter.Type == typeof(Uri) => ReadUri(value),
        { Name: "Model" } => ReadText(value) is string model ? Conversion.Success(model) : Conversion.Failure("the ID of one model", value),
        _ when parameter.Type == typeof(string[]) => ReadTexts(value),
        _ => ReadText(value) is string text ? Conversion.Success(text) : Conversion.Failure("text", value),
    };

    /// <summary>Returns media as an array.</summary>
    internal static Conversion ReadMedia(object? value, PathIntrinsics paths)
    {
        try
        {
            return ConvertMedia(value, paths);
        }
        catch (AtlasCloudException exception)
        {
            return Conversion.Failure($"a path or a URL ({exception.Message.TrimEnd('.')})", value);
        }
    }

    /// <summary>
    /// Returns the media of an argument. The engine would report a path that is not one of the file system with an ID of its own; the returned source lets the
    /// command report it where it reports missing files.
    /// </summary>
    internal static Conversion ReadMediaArgument(object? value, PathIntrinsics paths)
    {
        try
        {
            return ConvertMedia(value, paths);
        }
        catch (AtlasCloudException exception)
        {
            return Conversion.Success(new[] { MediaSource.FromFailure(exception.Value ?? Conversion.Show(value), () => exception) });
        }
    }

    private static Conversion ConvertMedia(object? value, PathIntrinsics paths)
    {
        try
        {
            return Conversion.Success(MediaSourceTransformationAttribute.Convert(paths, value).ToArray());
        }
        catch (ArgumentTransformationMetadataException)
        {
            return Conversion.Failure(MediaSourceTransformationAttribute.Expected, value);
        }
        catch (Exception exception) when (exception is RuntimeException or ArgumentException or NotSupportedException)
        {
            return Conversion.Failure($"a path or a URL ({exception.Message.TrimEnd('.')})", value);
        }
    }

    private static Conversion ReadUri(object? value) => Uri.TryCreate(ReadText(value)?.Trim(), UriKind.Absolute, out Uri? uri)
        ? Conversion.Success(uri)
        : Conversion.Failure("a URL such as https://example.com/hook", value);

    private static Conversion ReadTexts(object? value)
    {
        if (value is string or not IEnumerable)
        {
            return ReadText(value) is string text ? Conversion.Success(new[] { text }) : Conversion.Failure("text", value);
        }

        string?[] texts = [.. ((IEnumerable)value).Cast<object?>().Select(i => ReadText(PSObjects.Unwrap(i)))];
        return texts.Contains(null) ? Conversion.Failure("text, or an array of texts", value) : Conversion.Success(texts);
    }

    private static string? ReadText(object? value) => PlainValues.Unwrap(value) switch
    {
        string text => text,
        Uri uri => uri.OriginalString,
        DateTime or DateTimeOffset => ((IFormattable)value!).ToString("O", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        ValueType plain => Convert.ToString(plain, CultureInfo.InvariantCulture),
        ChatReply reply => reply.Text,
        _ => null,
    };
}
