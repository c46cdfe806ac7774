using AtlasCloud.Predictions;
using AtlasCloud.Requests;
using AtlasCloud.Reuse;
using AtlasCloud.Submission;
using Microsoft.Win32.SafeHandles;

namespace AtlasCloud;

/// <summary>
/// One run of a program that can run again: it submits only what no earlier run has paid for. The n-th occurrence of a request in the run takes over the n-th
/// earlier one in the journal, of this or any other process. Requests are the same if they go to the same model with the same inputs; files count by their
/// content, and the label does not count. Concurrent runs on one machine do not submit the same request twice. Created by
/// <see cref="PredictionResource.StartReuse"/>.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ReuseRun
{
    private readonly RequestPreparer _preparer;
    private readonly PredictionSubmitter _submitter;
    private readonly ReuseResolver _resolver;
    private readonly ReuseClaims _claims;
    private readonly Func<Prediction, Prediction> _remember;

    internal ReuseRun(RequestPreparer preparer, PredictionSubmitter submitter, ReuseResolver resolver, ReuseClaims claims, Func<Prediction, Prediction> remember) =>
        (_preparer, _submitter, _resolver, _claims, _remember) = (preparer, submitter, resolver, claims, remember);

    /// <summary>Takes over an earlier prediction, or submits the request as <see cref="PredictionResource.CreateInOrderAsync"/> does.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">The endpoint; null for the one that the catalog names for the model.</param>
    /// <param name="options">Which earlier requests may be taken over.</param>
    /// <param name="turn">The place of the request among concurrent ones, so that equal requests take over earlier ones in this order; null if it does not matter. Of an order of its own.</param>
    /// <param name="submitTurn">The place of the request in the order of the submits; null if it does not matter.</param>
    /// <param name="inFlightToken">Cancels a submit that is in flight. Cancel it later than <paramref name="cancellationToken"/>.</param>
    /// <param name="cancellationToken">Once canceled, nothing new is sent.</param>
    /// <returns>The prediction: finished, in flight, or just accepted. <see cref="Prediction.IsReused"/> is false if it was submitted now.</returns>
    /// <exception cref="AtlasCloudException">
    /// As for <see cref="PredictionResource.CreateAsync"/>. SubmitOutcomeUnknown: an earlier request may have been accepted, so this one was not submitted.
    /// DownloadIncomplete: an earlier result is no longer available. InvalidParameter: the journal cannot be read or written.
    /// </exception>
    public async Task<Prediction> CreateAsync(
        GenerationRequest request, GenerationKind? kind, ReuseOptions options, SubmitTurn? turn, SubmitTurn? submitTurn, CancellationToken inFlightToken, CancellationToken cancellationToken)
    {
        bool isReused = false;
        try
        {
            ReuseRequest item = await CheckAsync(request, kind, options, RequestPurpose.Submit, cancellationToken).ConfigureAwait(false);
            PreparedRequest? prepared = null;
            while (true)
            {
                ReuseDecision decision = await DecideAsync(item, turn, cancellationToken).ConfigureAwait(false);
                if (decision.Prediction is Prediction earlier)
                {
                    AtlasCloudLog.Verbose($"Prediction {earlier.Id} of an earlier request to {earlier.Model} is taken over: {decision.Reason}.");
                    isReused = true;
                    return _remember(earlier);
                }

                if (prepared is null)
                {
                    _claims.Occurrences.WarnIfRepeated(item, isReplacing: true);
                }

                prepared ??= await _preparer.CompleteAsync(item.Checked, RequestPurpose.Submit, cancellationToken).ConfigureAwait(false);
                if (await SubmitAsync(item, prepared, submitTurn, inFlightToken, cancellationToken).ConfigureAwait(false) is Prediction created)
                {
                    return created;
                }
            }
        }
        finally
        {
            turn?.Skip();
            if (isReused)
            {
                submitTurn?.Skip();
            }
            else
            {
                submitTurn?.Refuse();
            }
        }
    }

    /// <summary>Decides about a request and takes over the earlier prediction if there is one. Submits nothing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">The endpoint; null for the one that the catalog names for the model.</param>
    /// <param name="options">Which earlier requests may be taken over.</param>
    /// <param name="turn">The place of the request among concurrent ones, so that equal requests take over earlier ones in this order; null if it does not matter. Of an order of its own.</param>
    /// <param name="cancellationToken">Cancels the decision.</param>
    /// <returns>The decision. If it is to submit, submit the request with <see cref="CreateAsync"/>.</returns>
    /// <exception cref="AtlasCloudException">As for <see cref="CreateAsync"/>.</exception>
    public async Task<ReuseDecision> DecideAsync(GenerationRequest request, GenerationKind? kind, ReuseOptions options, SubmitTurn? turn = null, CancellationToken cancellationToken = default)
    {
        try
        {
            ReuseRequest item = await CheckAsync(request, kind, options, RequestPurpose.Submit, cancellationToken).ConfigureAwait(false);
            ReuseDecision decision = await DecideAsync(item, turn, cancellationToken).ConfigureAwait(false);
            if (decision.Action == ReuseAction.Submit)
            {
                _claims.Occurrences.WarnIfRepeated(item, isReplacing: false);
            }

            return decision;
        }
        finally
        {
            turn?.Skip();
        }
    }

    /// <summary>
    /// Returns what <see cref="CreateAsync"/> would do, from the journal alone. Use a run of its own for previews: an earlier request counts for one request of the run.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="kind">The endpoint; null for the one that the catalog names for the model.</param>
    /// <param name="options">Which earlier requests may be taken over.</param>
    /// <param name="turn">The place of the request among concurrent ones, so that equal requests take over earlier ones in this order; null if it does not matter. Of an order of its own.</param>
    /// <param name="cancellationToken">Cancels the preview.</param>
    /// <exception cref="AtlasCloudException">As for <see cref="CreateAsync"/>.</exception>
    public async Task<ReuseDecision> PreviewAsync(GenerationRequest request, GenerationKind? kind, ReuseOptions options, SubmitTurn? turn = null, CancellationToken cancellationToken = default)
    {
        try
        {
            ReuseRequest item = await CheckAsync(request, kind, options, RequestPurpose.Preview, cancellationToken).ConfigureAwait(false);
            await (turn?.WaitAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
            ReuseDecision decision = await DecideAsync(item, entry => Task.FromResult(_resolver.Preview(entry)), turn).ConfigureAwait(false);
            if (decision.Action == ReuseAction.Submit)
            {
                _claims.Occurrences.WarnIfRepeated(item, isReplacing: true);
                _claims.Occurrences.Add(item, journalId: null);
            }

            return decision;
        }
        finally
        {
            turn?.Skip();
        }
    }

    // Null if another process was faster.
    private async Task<Prediction?> SubmitAsync(ReuseRequest item, PreparedRequest prepared, SubmitTurn? turn, CancellationToken inFlightToken, CancellationToken cancellationToken)
    {
        string? reserved = null;
        bool IsFirst(string journalId, SafeFileHandle file)
        {
            bool isFirst = _claims.TryReserve(item, journalId, file);
            reserved = isFirst ? journalId : null;
            return isFirst;
        }

        try
        {
            Prediction created = await _submitter.SubmitAsync(prepared, turn, IsFirst, cancellationToken, inFlightToken).ConfigureAwait(false);
            _claims.TryTake(created.Id);
            return _remember(created);
        }
        catch (ReservationLostException exception)
        {
            AtlasCloudLog.Verbose(exception.Message);
            return null;
        }
        catch when (reserved is not null)
        {
            _claims.Release(item, reserved);
            throw;
        }
    }

    private async Task<ReuseRequest> CheckAsync(GenerationRequest request, GenerationKind? kind, ReuseOptions options, RequestPurpose purpose, CancellationToken cancellationToken)
    {
        CheckedRequest valid = await _preparer.CheckAsync(request, kind, purpose, cancellationToken).ConfigureAwait(false);
        return new ReuseRequest(valid, await _preparer.ComputeReuseDigestAsync(valid, cancellationToken).ConfigureAwait(false), options);
    }

    private async Task<ReuseDecision> DecideAsync(ReuseRequest request, SubmitTurn? turn, CancellationToken cancellationToken)
    {
        await (turn?.WaitAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        return await DecideAsync(request, entry => _resolver.ResolveAsync(entry, request, cancellationToken), turn).ConfigureAwait(false);
    }

    // Only the first choice is made in the order of the requests. What follows can take as long as a submit of another process.
    private async Task<ReuseDecision> DecideAsync(ReuseRequest request, Func<JournalEntry, Task<ReuseDecision?>> resolve, SubmitTurn? turn)
    {
        JournalEntry? entry = _claims.Take(request);
        turn?.Pass();
        for (; entry is not null; entry = _claims.Take(request))
        {
            try
            {
                if (await resolve(entry).ConfigureAwait(false) is ReuseDecision decision
                    && (decision.Prediction is null || decision.Prediction.Id == entry.PredictionId || _claims.TryTake(decision.Prediction.Id)))
                {
                    _claims.Occurrences.Add(request, entry.JournalId);
                    return decision;
                }
            }
            catch (AtlasCloudException exception) when (exception.Reason == AtlasCloudErrorReason.ReusedResultGone)
            {
                _claims.AddUnavailable(request, (JournalEntry)exception.Target!);
            }
            catch
            {
                _claims.Return(request, entry);
                throw;
            }
        }

        if (_claims.TakeUnavailable(request) is not JournalEntry gone)
        {
            return new ReuseDecision(ReuseAction.Submit, "no earlier request has a result");
        }

        if (request.Options.ResubmitUnavailable)
        {
            return new ReuseDecision(ReuseAction.Submit, "the result of the earlier request is no longer available") { Entry = gone };
        }

        _claims.Return(request, gone);
        throw ReuseErrors.ResultGone(request.Name(gone));
    }
}
