using System.Globalization;
using System.Text.Json.Nodes;
using AtlasCloud.Emulation.Account;
using AtlasCloud.Emulation.Http;
using AtlasCloud.Emulation.Predictions;
using AtlasCloud.Emulation.Routing;

namespace AtlasCloud.Emulation.Management;

/// <summary>GET /public/v1/projects/{id}/usage and /public/v1/api-keys/{id}/usage: what the ledger of charges says.</summary>
internal sealed class ManagedUsageEndpoint
{
    private static readonly TimeSpan s_maximumWindow = TimeSpan.FromDays(31);

    private readonly ManagementStore _store;
    private readonly AccountBalance _balance;
    private readonly TaskStore _tasks;

    internal ManagedUsageEndpoint(ManagementStore store, AccountBalance balance, TaskStore tasks) => (_store, _balance, _tasks) = (store, balance, tasks);

    internal Reply GetProject(RequestContext context)
    {
        string id = context.RouteValues[0];
        return _store.FindProject(id) is null
            ? ManagementError.ProjectNotFound.ToReply(context)
            : Get(context, "project_usage", "project_id", charge => _store.ProjectOf(charge.ApiKeyId).Id == id);
    }

    internal Reply GetKey(RequestContext context)
    {
        string id = context.RouteValues[0];
        return _store.HasKey(id)
            ? Get(context, "api_key_usage", "api_key_id", charge => charge.ApiKeyId == id)
            : ManagementError.KeyNotFound.ToReply(context);
    }

    private Reply Get(RequestContext context, string kind, string idMember, Func<Charge, bool> filter)
    {
        if (CheckQuery(context.Request.Query, out DateTimeOffset from, out DateTimeOffset to) is { } error)
        {
            return error.ToReply(context);
        }

        _tasks.Settle();
        Charge[] charges = [.. _balance.Charges.Where(charge => charge.Time >= from && charge.Time < to && filter(charge))];
        return Reply.Json(new JsonObject
        {
            ["object"] = kind,
            [idMember] = context.RouteValues[0],
            ["from"] = context.Request.Query["from"],
            ["to"] = context.Request.Query["to"],
            ["requests"] = charges.Length,
            ["successes"] = charges.Count(charge => charge.State == ChargeState.Charged),
            ["failures"] = charges.Count(charge => charge.State == ChargeState.Released),
            ["amount"] = MoneyReader.Write(charges.Where(charge => charge.State == ChargeState.Charged).Sum(charge => charge.Amount)),
            ["request_id"] = context.RequestId,
        });
    }

    private static ManagementError? CheckQuery(QueryString query, out DateTimeOffset from, out DateTimeOffset to)
    {
        (from, to) = (default, default);
        string[] names = [.. query.Names];
        if (names.FirstOrDefault(name => name is not ("from" or "to")) is { } unknown)
        {
            return ManagementError.Invalid(unknown, $"unknown parameter: {unknown}");
        }

        if (names.Length != names.Distinct(StringComparer.Ordinal).Count())
        {
            return ManagementError.Invalid("from", "a parameter is repeated");
        }

        if (ParseHour(query["from"]) is not { } start || ParseHour(query["to"]) is not { } end)
        {
            return ManagementError.Invalid(ParseHour(query["from"]) is null ? "from" : "to", "from and to must be full hours in UTC as RFC 3339");
        }

        (from, to) = (start, end);
        return end <= start ? ManagementError.Invalid("to", "to must be after from")
            : end - start > s_maximumWindow ? ManagementError.Invalid("to", "the window must not exceed 31 days")
            : null;
    }

    private static DateTimeOffset? ParseHour(string? text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
        && time.Ticks % TimeSpan.TicksPerHour == 0
            ? time
            : null;
}
