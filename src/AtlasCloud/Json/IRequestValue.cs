namespace AtlasCloud.Json;

/// <summary>An object that is sent as a piece of text, such as the address of an upload or of a result.</summary>
internal interface IRequestValue
{
    /// <summary>The text that stands for the object in a request.</summary>
    string RequestValue { get; }
}
