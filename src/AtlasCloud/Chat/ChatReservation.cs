using System.Text;
using AtlasCloud.Costs;

namespace AtlasCloud.Chat;

/// <summary>Reserves the highest cost of one chat request, so that concurrent requests cannot exceed a budget together.</summary>
internal sealed class ChatReservation
{
    // The template of a conversation adds a few tokens to each message.
    private const int TokensPerMessage = 32;

    // No model counts more for an image of ordinary size. Audio and video are rarely cheaper than that.
    private const int TokensPerMedium = 16_384;

    private readonly Budget _budget;
    private readonly BudgetReservation _reservation;

    private ChatReservation(Budget budget, BudgetReservation reservation) => (_budget, _reservation) = (budget, reservation);

    /// <summary>Reserves the ceiling of a request; null if the request has no cost limit.</summary>
    /// <exception cref="AtlasCloudException">BudgetExceeded: the ceiling exceeds a limit, or the model has no published rates or no limit on its output.</exception>
    internal static ChatReservation? Reserve(ChatRequest request, ModelPrice? price, Budget budget)
    {
        if (request.MaxCost is null)
        {
            return null;
        }

        Quote? quote = Ceiling(request, price) is decimal ceiling ? new Quote { Model = request.Model, Price = ceiling, Ceiling = ceiling, IsEstimated = true } : null;
        AtlasCloudException? failure = quote is not null ? null : ChatErrors.CeilingUnknown(request, price);
        return new ChatReservation(budget, budget.Reserve(new CostEstimate(request.Model, quote, failure), request.MaxCost));
    }

    /// <summary>Replaces the reservation by the cost of the answer. If that is unknown, the reservation stays.</summary>
    internal void Settle(decimal? cost)
    {
        if (cost is not null)
        {
            _budget.Release(_reservation);
        }
    }

    /// <summary>Frees the reservation if the request was provably not charged.</summary>
    internal void Fail(AtlasCloudException failure)
    {
        if (failure.IsNotSent || IsRefusal(failure.Kind))
        {
            _budget.Release(_reservation);
        }
    }

    // A token is at least one byte of text, so the bytes are an upper bound for the tokens.
    private static decimal? Ceiling(ChatRequest request, ModelPrice? price)
    {
        if (request.MaximumTokens is not int output)
        {
            return null;
        }

        long input = request.Messages.Sum(m => TokensPerMessage + Encoding.UTF8.GetByteCount(m.Text) + ((m.Images.Count + m.Videos.Count + m.Audios.Count) * (long)TokensPerMedium));
        return ChatCost.Estimate(new ChatUsage { InputTokens = input, OutputTokens = output }, price);
    }

    private static bool IsRefusal(AtlasCloudErrorKind kind) => kind is
        AtlasCloudErrorKind.Authentication or AtlasCloudErrorKind.PermissionDenied or AtlasCloudErrorKind.InsufficientBalance or AtlasCloudErrorKind.InvalidParameter
        or AtlasCloudErrorKind.ModelNotFound or AtlasCloudErrorKind.ContentBlocked or AtlasCloudErrorKind.PayloadTooLarge or AtlasCloudErrorKind.RateLimited
        or AtlasCloudErrorKind.RegionBlocked or AtlasCloudErrorKind.BudgetExceeded;
}
