namespace AtlasCloud.Json;

/// <summary>What is wrong with one place of a JSON value.</summary>
/// <param name="Path">Where, as in <c>$.tags[0]</c>.</param>
/// <param name="Message">What, as the rest of a sentence that begins with the place.</param>
internal sealed record JsonFault(string Path, string Message)
{
    public override string ToString() => $"{Path} {Message}";
}
