namespace AtlasCloud.Emulation.Media;

/// <summary>The file part of a form, with its bytes still on the wire.</summary>
internal sealed record MultipartFile(string FieldName, string FileName, string? ContentType, Stream Content);
