using System.Management.Automation;
using AtlasCloud.PowerShell.Completers;
using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.PowerShell.Transformations;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>Sets defaults of the user: models, the folder and the names of saved files, and the number of concurrent requests.</summary>
[Cmdlet(VerbsCommon.Set, "AtlasDefault", SupportsShouldProcess = true)]
[OutputType(typeof(UserDefaults))]
public sealed class SetAtlasDefaultCommand : AtlasCloudCmdlet
{
    /// <summary>The model of New-AtlasImage.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ImageModel { get; set; }

    /// <summary>The model of New-AtlasVideo.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string? VideoModel { get; set; }

    /// <summary>The model of New-AtlasAudio.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string? AudioModel { get; set; }

    /// <summary>The model of Invoke-AtlasChat and Enter-AtlasChat.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ChatModel { get; set; }

    /// <summary>The folder of Save-AtlasOutput. A relative path belongs to the current location of the command.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>The name template of Save-AtlasOutput.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The throttle limit of new sessions.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    [NumberTransformation(typeof(int))]
    public int? ThrottleLimit { get; set; }

    /// <summary>The defaults to remove.</summary>
    [Parameter]
    [ValidateSet("ImageModel", "VideoModel", "AudioModel", "ChatModel", "Destination", "Name", "ThrottleLimit")]
    public string[] Remove { get; set; } = [];

    /// <summary>Returns the defaults.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (Name is not null)
        {
            SaveOptions.CheckNameTemplate(Name);
        }

        UserDefaults current = UserDefaults.Load(UserDefaults.FindPath());
        UserDefaults changed = current with
        {
            ImageModel = Choose(nameof(ImageModel), ImageModel, current.ImageModel),
            VideoModel = Choose(nameof(VideoModel), VideoModel, current.VideoModel),
            AudioModel = Choose(nameof(AudioModel), AudioModel, current.AudioModel),
            ChatModel = Choose(nameof(ChatModel), ChatModel, current.ChatModel),
            Destination = Choose(nameof(Destination), Destination, current.Destination),
            Name = Choose(nameof(Name), Name, current.Name),
            ThrottleLimit = IsRemoved(nameof(ThrottleLimit)) ? null : ThrottleLimit ?? current.ThrottleLimit,
        };
        if (ShouldProcess(changed.Path ?? "defaults", "Set defaults"))
        {
            changed.Save();
        }

        if (PassThru)
        {
            WriteObject(changed);
        }
    }

    private string? Choose(string name, string? given, string? current) => IsRemoved(name) ? null : given ?? current;

    private bool IsRemoved(string name)
    {
        bool isRemoved = Remove.Contains(name, StringComparer.OrdinalIgnoreCase);
        return isRemoved && IsFromCommandLine(name) ? throw CmdletErrors.DefaultSetAndRemoved(name) : isRemoved;
    }
}
