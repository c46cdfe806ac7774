using System.Collections;
using System.Management.Automation;
using AtlasCloud.PowerShell.Commands;
using AtlasCloud.PowerShell.Completers;

namespace AtlasCloud.PowerShell.DynamicParameters;

/// <summary>Provides the inputs of a command's models: of the one on the command line before it starts, of those in rows during execution.</summary>
internal sealed class ModelInputSource
{
    // Binding can neither be cancelled nor show progress, so it waits for the schema for a limited time.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, ModelInputs?> _byModel = new(StringComparer.OrdinalIgnoreCase);
    private RuntimeDefinedParameterDictionary? _declared;

    /// <summary>The parameters that were declared; empty if there are none.</summary>
    internal IEnumerable<RuntimeDefinedParameter> Declared => _declared?.Values ?? Enumerable.Empty<RuntimeDefinedParameter>();

    /// <summary>Returns the common inputs that dynamic parameters set under another name.</summary>
    /// <param name="typed">The parameters that were specified.</param>
    /// <param name="model">The model; null if none is specified.</param>
    internal IEnumerable<CommonInput> GetTypedCommonInputs(IEnumerable<RuntimeDefinedParameter> typed, string? model) => model is not null && _byModel.TryGetValue(model, out ModelInputs? inputs)
        ? typed.Select(p => inputs?.FindByParameter(p.Name)?.Common).OfType<CommonInput>()
        : [];

    /// <summary>Declares parameters for the inputs of the models on the command line; null if the command names no model, or the inputs are unknown.</summary>
    /// <param name="command">The command, with the parameters that were typed.</param>
    /// <param name="isRunning">True if the command will run. While it is being typed, a key press waits for the inputs for a moment only.</param>
    /// <param name="stopping">Cancels the request.</param>
    internal RuntimeDefinedParameterDictionary? Declare(RequestCmdlet command, bool isRunning, CancellationToken stopping)
    {
        bool isDefault = command.Model.Length == 0 && command.DefaultModel is not null;
        string[] models = [.. (isDefault ? [command.DefaultModel!] : command.Model).Where(m => !string.IsNullOrWhiteSpace(m)).Select(m => m.Trim())];
        if (models.Length == 0)
        {
            return null;
        }

        AtlasCloudClient? client = command.Session?.Client ?? Completion.GetClient(new Hashtable());
        List<ModelInputs> known = [];
        IEnumerable<ModelSchema?> schemas = isRunning ? models.Select(m => FindSchema(client, m, stopping)) : CachedModels.Prefetch(client, models);
        foreach ((string model, ModelSchema? schema) in models.Zip(schemas))
        {
            if (schema is not null)
            {
                ModelInputs own = ModelInputs.Create(schema, DynamicParameterNames.Reserved);
                _byModel[model] = own;
                known.Add(own);
            }
        }

        // With several models, each reports its own missing inputs. A row can name another model than the default.
        bool IsGiven(ModelInput input) => models.Length > 1 || isDefault || command.SkipValidation || command.MyInvocation.ExpectingInput
            || command.Parameters?.Keys.Cast<object>().Any(k => known[0].Find(k.ToString() ?? "") == input) == true;
        return known.Count == 0 ? null : _declared = ModelInputParameters.Create(known, IsGiven);
    }

    // Without a key the command itself reports the error, which is clearer than a binding error.
    private static ModelSchema? FindSchema(AtlasCloudClient? client, string model, CancellationToken stopping) =>
        CachedModels.GetSchema(client, model) ?? (client is { Options.HasApiKey: true } ? GetSchemaWithTimeout(client, model, stopping) : null);

    /// <summary>Returns a model's own inputs; null if it publishes none or is not found, which the submission reports.</summary>
    internal ModelInputs? GetInputs(AtlasCloudClient client, string model, Func<Func<CancellationToken, Task<ModelSchema?>>, ModelSchema?> run)
    {
        if (!_byModel.TryGetValue(model, out ModelInputs? inputs))
        {
            ModelSchema? schema = run(stopping => GetSchemaAsync(client, model, stopping));
            inputs = _byModel[model] = schema is null ? null : ModelInputs.Create(schema, DynamicParameterNames.Reserved);
        }

        return inputs;
    }

    private static ModelSchema? GetSchemaWithTimeout(AtlasCloudClient client, string model, CancellationToken stopping)
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        timeout.CancelAfter(s_timeout);
        try
        {
            return Task.Run(() => GetSchemaAsync(client, model, timeout.Token), timeout.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task<ModelSchema?> GetSchemaAsync(AtlasCloudClient client, string model, CancellationToken cancellationToken)
    {
        try
        {
            Model found = await client.Models.ResolveAsync(model, cancellationToken: cancellationToken).ConfigureAwait(false);
            return await client.Models.TryGetSchemaAsync(found, cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException)
        {
            return null;
        }
    }
}
