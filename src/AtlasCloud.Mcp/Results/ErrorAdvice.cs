namespace AtlasCloud.Mcp.Results;

/// <summary>What an assistant can do about an error. Names tools and arguments of the server, not commands.</summary>
internal static class ErrorAdvice
{
    internal static string For(AtlasCloudException exception) => exception.RecommendedAction ?? exception.Reason switch
    {
        AtlasCloudErrorReason.MaxCostExceeded => "Reduce the request, or choose a cheaper model. Only the user can raise the limit, by starting the server again.",
        AtlasCloudErrorReason.BudgetExhausted => "Reduce the request, or ask the user: only the user can raise the budget, by starting the server again.",
        AtlasCloudErrorReason.PriceUnknown => "Choose a model whose price the service quotes. The server submits nothing without a price.",
        AtlasCloudErrorReason.PredictionCanceled => "Ask the user whether it was canceled on purpose before you submit the request again: the new request is paid again.",
        _ => For(exception.Kind),
    };

    internal static string For(AtlasCloudErrorKind kind) => kind switch
    {
        AtlasCloudErrorKind.Authentication => "Ask the user to check the API key and the base URL that the server was started with.",
        AtlasCloudErrorKind.PermissionDenied => "Use a path inside the folders of the server, or ask the user to change the folders or the permissions of the API key.",
        AtlasCloudErrorKind.InsufficientBalance => "Ask the user to top up the account. The request was not charged.",
        AtlasCloudErrorKind.BudgetExceeded => "Nothing was submitted. Reduce the request, or ask the user: the client cannot change the limits.",
        AtlasCloudErrorKind.InvalidParameter => "Correct the value in the message. get_model shows the inputs of a model.",
        AtlasCloudErrorKind.ModelNotFound => "Call search_models, and use an ID from its result.",
        AtlasCloudErrorKind.ModelAmbiguous => "Use the whole ID of a model, as search_models shows it.",
        AtlasCloudErrorKind.PredictionNotFound => "Check the ID. list_predictions lists the predictions of the account.",
        AtlasCloudErrorKind.PredictionFailed => "Read the error of the prediction. If the input is valid, the request can be submitted again, and is paid again.",
        AtlasCloudErrorKind.PredictionTimedOut => "Call wait_prediction again: the prediction continues and may be charged.",
        AtlasCloudErrorKind.ContentBlocked => "Change the prompt or the media that moderation rejected. The same input would be rejected again.",
        AtlasCloudErrorKind.RateLimited => "Wait a moment and repeat the call. The request was not charged.",
        AtlasCloudErrorKind.PayloadTooLarge => "Reduce the size of the media, or upload it with upload_media and use its URL.",
        AtlasCloudErrorKind.RegionBlocked => "The service is unavailable in this region. Tell the user.",
        AtlasCloudErrorKind.ServiceUnavailable => "Try again later.",
        AtlasCloudErrorKind.ConnectionFailed => "Ask the user to check the network. For a paid call, check list_predictions before repeating it.",
        AtlasCloudErrorKind.RequestTimedOut => "Try again later. For a paid call, check list_predictions before repeating it.",
        AtlasCloudErrorKind.SubmitOutcomeUnknown => "Do not repeat the call: it may have been accepted and charged. Look for it with list_predictions.",
        AtlasCloudErrorKind.UnexpectedReply => "Ask the user to check the base URL, and whether a proxy answers in place of the service.",
        AtlasCloudErrorKind.DownloadIncomplete => "Call save_output again. No partial file remains, and downloads are free.",
        AtlasCloudErrorKind.FileExists => "Use another name or folder. The output stays available, and saving it again is free.",
        AtlasCloudErrorKind.UploadFailed => "Check that the service accepts this type of file, then upload it again. Uploads are free.",
        AtlasCloudErrorKind.StreamInterrupted => "Ask again. The interrupted reply may have been charged.",
        AtlasCloudErrorKind.NoSession => "Ask the user to start the server with an API key.",
        AtlasCloudErrorKind.NotCancellable => "Wait for the prediction: it continues and is charged.",
        AtlasCloudErrorKind.WebhookRejected => "Tell the user. This server receives no webhooks.",
        AtlasCloudErrorKind.AssetNotFound => "Check the asset ID with the user.",
        AtlasCloudErrorKind.Conflict => "Tell the user. Nothing was changed.",
        AtlasCloudErrorKind.ResourceNotFound => "Check the name or the ID with the user.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The error kind has no advice."),
    };
}
