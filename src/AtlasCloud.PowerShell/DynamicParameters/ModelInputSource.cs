using System.Collections;
using System.Management.Automation;
using AtlasCloud.Models;
using AtlasCloud.PowerShell.Commands;
using AtlasCloud.PowerShell.Completers;

namespace AtlasCloud.PowerShell.DynamicParameters;

/// <summary>Where a command gets the inputs of its models from: for the one on the command line before it starts, for those of rows as they come.</summary>
internal sealed class ModelInputSource
{
    /// <summary>The engine binds parameters before anything can be stopped or said; longer than this nobody is kept waiting for that.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, ModelInputs?> _byModel = new(StringComparer.OrdinalIgnoreCase);
    private RuntimeDefinedParameterDictionary? _declared;

    /// <summary>The parameters that were declared; empty where none were.</summary>
    internal IEnumerable<RuntimeDefinedParameter> Declared => _declared?.Values ?? Enumerable.Empty<RuntimeDefinedParameter>();

    /// <summary>Declares the own inputs of the model that was typed.</summary>
    /// <param name="command">The command, its parameters bound as far as they were typed.</param>
    /// <param name="isRunning">Whether the command will run; while it is only being typed, nobody is asked.</param>
    /// <param name="stopping">Ends the wait.</param>
    internal RuntimeDefinedParameterDictionary? Declare(RequestCmdlet command, bool isRunning, CancellationToken stopping)
    {
        if (string.IsNullOrWhiteSpace(command.Model))
        {
            return null;
        }

        AtlasCloudClient? client = command.Session?.Client ?? Completion.ClientOf(new Hashtable());
        ModelSchema? schema = KnownModels.SchemaOf(client, command.Model);

        // Without a key the command is about to fail, and says so better than a binding.
        if (schema is null && isRunning && client is { Options.HasApiKey: true })
        {
            schema = Ask(client, command.Model, stopping);
        }

        if (schema is null)
        {
            if (!isRunning)
            {
                KnownModels.LearnSoon(client, command.Model);
            }

            return null;
        }

        ModelInputs own = ModelInputs.Of(schema, KnownModels.TakenNames);
        _byModel[command.Model] = own;
        return _declared = ModelInputParameters.Of(own, input => command.SkipValidation || command.Parameters?.Keys.Cast<object>().Any(k => own.Find(k.ToString() ?? "") == input) == true);
    }

    /// <summary>The own inputs of a model; null where it publishes none, or cannot be found: the submit says that better.</summary>
    internal ModelInputs? Of(AtlasCloudClient client, string model, Func<Func<CancellationToken, Task<ModelSchema?>>, ModelSchema?> run)
    {
        if (!_byModel.TryGetValue(model, out ModelInputs? inputs))
        {
            ModelSchema? schema = run(stopping => FindAsync(client, model, stopping));
            inputs = _byModel[model] = schema is null ? null : ModelInputs.Of(schema, KnownModels.TakenNames);
        }

        return inputs;
    }

    private static ModelSchema? Ask(AtlasCloudClient client, string model, CancellationToken stopping)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(s_patience);
        try
        {
            return Task.Run(() => FindAsync(client, model, patience.Token), patience.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task<ModelSchema?> FindAsync(AtlasCloudClient client, string model, CancellationToken cancellationToken)
    {
        try
        {
            Model found = await client.Models.ResolveAsync(model, cancellationToken).ConfigureAwait(false);
            return await client.Models.FindSchemaAsync(found, cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException)
        {
            return null;
        }
    }
}
