namespace AtlasCloud.Emulation.Media;

/// <summary>A file part of a form, whose content is not read yet.</summary>
internal sealed record MultipartFile(string FieldName, string FileName, Stream Content);
