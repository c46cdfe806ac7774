using System.Collections;
using System.Management.Automation;
using AtlasCloud.PowerShell.Commands;
using AtlasCloud.PowerShell.DynamicParameters;

namespace AtlasCloud.PowerShell.Binding;

/// <summary>
/// Binds the inputs of an earlier request. For the same model they are sent as they were; for another model they are bound like columns. Arguments, and
/// properties that were added to the object, override them without a warning, since changing a request is what it is imported for.
/// </summary>
/// <param name="command">The command.</param>
/// <param name="binder">Binds the other inputs of the request.</param>
/// <param name="row">Binds columns to parameters.</param>
/// <param name="own">The inputs of the model; null if it publishes none.</param>
/// <param name="typed">The dynamic parameters that were specified.</param>
/// <param name="parameters">The entries of -Parameters for the model; null for none.</param>
internal sealed class EarlierRequestBinder(
    RequestCmdlet command, RequestBinder binder, RowBinder row, ModelInputs? own, IReadOnlyList<RuntimeDefinedParameter> typed, IDictionary? parameters)
{
    // Members of objects that contain the address of a medium.
    private static readonly string[] s_addressMembers = ["url", "image_url", "video_url", "audio_url"];

    /// <summary>Binds the inputs that neither an argument nor a column, which is bound already, overrides.</summary>
    /// <param name="request">The request.</param>
    /// <param name="model">The model that it goes to now.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: a file that was uploaded for the request was not found.</exception>
    internal void Bind(Request request, string model)
    {
        bool isSameModel = request.Model.Equals(model, StringComparison.OrdinalIgnoreCase);
        foreach (string name in request.Inputs.Keys.Cast<string>().Where(n => request.Inputs[n] is not null && !IsOverridden(n)).ToArray())
        {
            object value = request.GetInput(name, command.RequestClient.Media)!;
            if (isSameModel)
            {
                BindExactly(request, name, value);
            }
            else
            {
                BindAsColumn(name, value);
            }
        }

        BindArgument(nameof(command.Label), request.Label);
        BindArgument(nameof(command.WebhookUri), request.WebhookUri);
        if (request is { HadWebhook: true, WebhookUri: null } && !IsSet(nameof(command.WebhookUri)))
        {
            row.Reporter.ReportOnce("webhook", "The earlier request had a webhook URL, which is not saved to files. The request is submitted without a webhook unless -WebhookUri is specified.");
        }
    }

    // The prompt is bound to its parameter too, which is what prompts for confirmation show.
    private void BindExactly(Request request, string name, object value)
    {
        ModelParameter? member = own?.Schema.Find(name);
        CommonInput? common = member is not null ? own!.Schema.FindCommonInput(member) : own is null && name == "prompt" ? CommonInput.Prompt : null;
        if (common == CommonInput.Prompt && value is string text && !InputText.IsBlank(text))
        {
            BindArgument(nameof(command.Prompt), request.Prompt ?? text);
        }

        binder.Members[name] = value;
    }

    private void BindAsColumn(string name, object value)
    {
        if (!binder.IsMedium(name))
        {
            binder.Bind(new RowProperty(name, value));
            return;
        }

        object[] items = [.. Flatten(value)];
        MediaSource[] media = [.. items.Select(ToMedium).OfType<MediaSource>()];
        if (media.Length < items.Length)
        {
            row.AddError(name, "must be an address (https, data or asset)");
        }
        else if (media.Length > 0)
        {
            binder.Bind(new RowProperty(name, media));
        }
    }

    // A path in an earlier request comes from a file that anyone may have written, so it is never read.
    private static MediaSource? ToMedium(object item) => item switch
    {
        MediaSource media => media,
        string text => MediaSource.FromAddress(text) is { Path: null } address ? address : null,
        _ => null,
    };

    private static IEnumerable<object> Flatten(object? value) => value switch
    {
        null => [],
        IDictionary members => s_addressMembers.Where(n => members.Contains(n)).Take(1).SelectMany(n => Flatten(members[n])),
        object?[] items => items.SelectMany(Flatten),
        _ => [value],
    };

    private void BindArgument(string parameter, object? value)
    {
        if (value is not null && !IsSet(parameter))
        {
            row.Bind(new RowProperty(parameter, value), row.Parameters.All.First(p => p.Name == parameter));
        }
    }

    private bool IsSet(string parameter) => row.IsTyped(parameter) || row[parameter] is not null;

    private bool IsOverridden(string name)
    {
        ModelParameter? member = own?.Schema.FindByWords(name);
        return binder.Members.Contains(member?.Name ?? name)
            || typed.Any(p => own?.FindByParameter(p.Name) is ModelInput input && (input.Member == member || (input.Common is CommonInput same && CommonInputs.Sets(same, name))))
            || Enum.GetValues<CommonInput>().Any(c => IsSet(c.ToString()) && CommonInputs.Sets(c, name) && (member is null || IsSetBy(c, member)))
            || (parameters?.Keys.Cast<object>().Any(k => parameters[k] is not null && IsSameInput(k.ToString()!, name)) ?? false);
    }

    // An input called audio can be a switch.
    private static bool IsSetBy(CommonInput common, ModelParameter member) =>
        common is not (CommonInput.Image or CommonInput.LastImage or CommonInput.Video or CommonInput.Audio) || member.MediaKind is not null;

    private bool IsSameInput(string key, string name) => name.Equals(own?.Schema.Find(key)?.Name ?? key, StringComparison.OrdinalIgnoreCase);
}
