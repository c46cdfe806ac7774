using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace AtlasCloud.PowerShell.Commands;

/// <summary>
/// What a command with -Reuse takes over. All commands of one script, or of one line that was entered, belong to one run, so that a loop over a command
/// counts the occurrences of a request as one command with many inputs does.
/// </summary>
internal sealed class ReuseScope
{
    private static readonly ConditionalWeakTable<object, Dictionary<(AtlasCloudClient Client, bool IsPreview), ReuseRun>> s_runs = [];

    private readonly ReuseRun _run;
    private readonly ReuseOptions _options;
    private readonly SubmitOrder _order = new();
    private readonly bool _isPreview;

    private ReuseScope(ReuseRun run, ReuseOptions options, bool isPreview) => (_run, _options, _isPreview) = (run, options, isPreview);

    private int _paid;
    private int _unknown;

    /// <summary>Joins the run of the script, or starts it.</summary>
    /// <param name="script">The invocation of the script or of the line; null if the host runs the command itself, which is then a run of its own.</param>
    /// <param name="client">The client.</param>
    /// <param name="options">Which earlier requests the command takes over.</param>
    /// <param name="isPreview">Whether nothing is submitted or taken over.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: the session keeps no journal.</exception>
    internal static ReuseScope Join(object? script, AtlasCloudClient client, ReuseOptions options, bool isPreview)
    {
        if (script is null)
        {
            return new ReuseScope(client.Predictions.StartReuse(), options, isPreview);
        }

        Dictionary<(AtlasCloudClient, bool), ReuseRun> runs = s_runs.GetValue(script is PSObject wrapped ? wrapped.BaseObject : script, _ => []);
        lock (runs)
        {
            if (!runs.TryGetValue((client, isPreview), out ReuseRun? run))
            {
                runs[(client, isPreview)] = run = client.Predictions.StartReuse();
            }

            return new ReuseScope(run, options, isPreview);
        }
    }

    /// <summary>Takes the place of the next request among those of the command.</summary>
    internal SubmitTurn TakeTurn() => _order.TakeTurn();

    /// <summary>Takes over an earlier prediction, or decides to submit; with -WhatIf only describes which of them.</summary>
    internal Task<ReuseDecision> DecideAsync(GenerationRequest request, GenerationKind kind, SubmitTurn turn, CancellationToken stopping) => _isPreview
        ? _run.PreviewAsync(request, kind, _options, turn, stopping)
        : _run.DecideAsync(request, kind, _options, turn, stopping);

    /// <summary>Takes over an earlier prediction, or submits the request.</summary>
    internal Task<Prediction> CreateAsync(
        GenerationRequest request, GenerationKind kind, SubmitTurn turn, SubmitTurn? submitTurn, CancellationToken hardStop, CancellationToken stopping) =>
        _run.CreateAsync(request, kind, _options, turn, submitTurn, hardStop, stopping);

    /// <summary>Counts a request that takes over an earlier one.</summary>
    internal void Add(ReuseDecision decision)
    {
        if (decision.Prediction is null && decision.Entry?.PredictionId is null)
        {
            _unknown++;
        }
        else
        {
            _paid++;
        }
    }

    /// <summary>Describes the requests that are not submitted, as the end of a sentence; empty if there are none.</summary>
    internal string DescribeTaken() => (_paid, _unknown) switch
    {
        (0, 0) => "",
        (_, 0) => $"; {Paid}",
        (0, _) => $"; {Unknown}",
        _ => $"; {Paid}, {Unknown}",
    };

    private string Paid => $"{_paid} {(_paid == 1 ? "was" : "were")} paid before";

    private string Unknown => $"{_unknown} {(_unknown == 1 ? "has an unknown outcome and is" : "have an unknown outcome and are")} looked up first";
}
