using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Commands;

/// <content>Creates the requests.</content>
public abstract partial class RequestCmdlet
{
    /// <summary>The number of requests of the last input that were not created, because of an error about their model or its inputs.</summary>
    private protected int RefusedRequestCount { get; private set; }

    /// <summary>Creates the requests of arguments and pipeline input: one for each prompt. Input that is not valid gives one error and no request.</summary>
    private protected IReadOnlyList<GenerationRequest> CreateRequests()
    {
        ComparedModels? models = _models ?? (IsFromCommandLine(nameof(Model)) ? new ComparedModels(Model) : null);
        List<GenerationRequest> requests = [];
        HashSet<string> messages = [];
        int used = 0;
        foreach (string? model in models?.Usable.Cast<string?>() ?? new string?[] { null })
        {
            try
            {
                ModelFilter? filter = models is { IsSeveral: true } ? new ModelFilter(models.Names.Select(m => _inputs.GetInputs(Client, m, Run)), SkipValidation) : null;
                _reporter ??= new ColumnReporter(WriteWarning) { IsPerModel = models is { IsSeveral: true }, Scripts = ArgumentScripts.FindLater(this) };
                requests.AddRange(new GenerationInput(this, _inputs, _reporter, SessionState.Path) { TypedModel = model, Models = models, Filter = filter }.CreateRequests(Run));
                used++;
            }
            catch (AtlasCloudException exception) when (exception.Kind == AtlasCloudErrorKind.InvalidParameter)
            {
                // What is wrong with the input itself is the same for all models.
                if (messages.Add(exception.Message))
                {
                    WriteFailure(exception, PSObjects.UnwrapUnlessCustom(InputObject));
                }
            }
        }

        // Each model gets the same number of requests.
        RefusedRequestCount = ((models?.Names.Count ?? 1) - used) * (used > 0 ? requests.Count / used : 1);

        // The order of the input, then that of the models.
        return [.. requests.OrderBy(r => r.Row)];
    }

    // Before the first request: a model that does not fit is one error, and costs nothing.
    private void CheckModel(string model)
    {
        try
        {
            GenerationKind? kind = GetKind();
            Run(stopping => Client.Predictions.CheckModelAsync(model, kind, stopping));
        }
        catch (AtlasCloudException)
        {
            _models!.Exclude(model);
            throw;
        }
    }
}
