using AtlasCloud.Outputs;

namespace AtlasCloud;

/// <summary>How results are saved.</summary>
public sealed record SaveOptions
{
    /// <summary>The default of <see cref="NameTemplate"/>.</summary>
    public const string DefaultNameTemplate = "{model}-{id}-{index}";

    /// <summary>The default of <see cref="MaximumSize"/>: 4 GiB, more than any known result.</summary>
    public const long DefaultMaximumSize = 4L * 1024 * 1024 * 1024;

    /// <summary>The folder. Created if it does not exist.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// The file name without extension, with placeholders: {id}, {model}, {index}, {date}, {label}, {row}, {source}, {kind}, {role}, {seed}, {prompt}. {row}
    /// is the number of the row of the request, {source} the name of its first input file. {date}, {index} and {row} accept a .NET format, for example
    /// {date:yyyyMMdd} or {row:000}; {id} accepts a length. The name is the ID if all placeholders are empty. The extension follows from the content.
    /// Default: {model}-{id}-{index}.
    /// </summary>
    public string NameTemplate { get; init; } = DefaultNameTemplate;

    /// <summary>Whether thumbnails, last frames and archives are saved too. Default: false.</summary>
    public bool IncludeAll { get; init; }

    /// <summary>Whether each file gets a .json file with everything needed to repeat the request. Default: false.</summary>
    public bool WriteMetadata { get; init; }

    /// <summary>Whether existing files are overwritten, and saved results downloaded again. Default: false.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether an existing file with identical content is returned as the saved file, so that a save can be repeated. Default: false, which is an error.</summary>
    public bool AcceptIdentical { get; init; }

    /// <summary>The maximum number of bytes of one file. Default: 4 GiB.</summary>
    public long MaximumSize { get; init; } = DefaultMaximumSize;

    /// <summary>Checks a template for <see cref="NameTemplate"/>.</summary>
    /// <param name="template">The template.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter (NameTemplateInvalid): an unknown placeholder, an invalid format, or an unclosed brace.</exception>
    public static void CheckNameTemplate(string template) => _ = new FileNameTemplate(template);
}
