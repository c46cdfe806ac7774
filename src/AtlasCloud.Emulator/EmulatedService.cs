using AtlasCloud.Emulation.Account;
using AtlasCloud.Emulation.Assets;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Chaos;
using AtlasCloud.Emulation.Chat;
using AtlasCloud.Emulation.Chat.Protocols;
using AtlasCloud.Emulation.Data;
using AtlasCloud.Emulation.Management;
using AtlasCloud.Emulation.Media;
using AtlasCloud.Emulation.Predictions;
using AtlasCloud.Emulation.Pricing;
using AtlasCloud.Emulation.Routing;
using AtlasCloud.Emulation.Scenarios;
using AtlasCloud.Emulation.Webhooks;

namespace AtlasCloud.Emulation;

/// <summary>Composes the service and maps its routes.</summary>
internal sealed class EmulatedService
{
    private readonly Router _router = new();

    internal EmulatedService(EmulatorOptions options, Uri baseUri)
    {
        Authentication authentication = new([options.ApiKey, .. options.Scenario?.Keys ?? []], options.ManagementKey, Management);
        Ledger = new Ledger(authentication, options.Clock);
        Balance = new AccountBalance(options.Balance, new SpendingLimits(Management));
        Tasks = new TaskStore(Balance, options.Clock);
        ScenarioMatcher scenario = new(options.Scenario?.Rules ?? [], options.Scenario?.Seed ?? 0);
        CatalogChangeTracker changeTracker = new(options.Scenario?.CatalogChanges ?? [], options.Clock);
        Chaos = new ChaosInjector(options.Scenario?.Chaos, () => Tasks.RunningCount);
        Gateway = new Gateway(_router, options, authentication, Ledger, scenario, Chaos, Tasks, changeTracker);

        ModelCatalog catalog = new(baseUri, options, changeTracker);
        VideoProbe probe = new(Media, Tasks);
        PriceCalculator prices = new(probe.GetDuration);
        PredictionWriter document = new(baseUri, options);
        AddCatalog(catalog);
        Webhooks = new WebhookSender(options, document);
        AddGeneration(options, catalog, prices, new OutputPlanner(probe.GetDuration), document);
        AddMedia(options, baseUri);
        AddAssets(options);
        AddChat(options, catalog);
        AddAccount(options, catalog, prices);
        AddManagement();
        _router.Add("GET", "/api/v1/webhooks/jwks.json", RouteKind.Open, _ => Sample.All["webhook/jwks.json"].ToReply());
    }

    internal Gateway Gateway { get; }

    internal ChaosInjector Chaos { get; }

    internal Ledger Ledger { get; }

    internal AccountBalance Balance { get; }

    internal TaskStore Tasks { get; }

    internal WebhookSender Webhooks { get; }

    internal MediaStore Media { get; } = new();

    private ManagementStore Management { get; } = new();

    private void AddCatalog(ModelCatalog catalog)
    {
        StaticDocumentEndpoint documents = new(catalog);
        _router.Add("GET", "/api/v1/models", RouteKind.Open, new CatalogEndpoint(catalog).Get);
        _router.Add("GET", "/static/model/schema/{}", RouteKind.Static, documents.GetSchema);
        _router.Add("GET", "/static/model/readme/{}", RouteKind.Static, documents.GetReadme);
        _router.Add("GET", "/static/model/example/{}", RouteKind.Static, documents.GetExample);
        _router.Add("GET", "/static/avatar/{}", RouteKind.Static, StaticDocumentEndpoint.GetAvatar);
    }

    private void AddGeneration(
        EmulatorOptions options, ModelCatalog catalog, PriceCalculator prices, OutputPlanner planner, PredictionWriter document)
    {
        SubmitEndpoint submit = new(options, catalog, prices, planner, Balance, Tasks, document, Webhooks, new VideoProbe(Media, Tasks));
        PredictionEndpoint predictions = new(Tasks, document, options.Clock);
        _router.Add("POST", "/api/v1/model/generateImage", RouteKind.Api, submit.For("Image"));
        _router.Add("POST", "/api/v1/model/generateVideo", RouteKind.Api, submit.For("Video"));
        _router.Add("POST", "/api/v1/model/generateAudio", RouteKind.Api, submit.For("Audio"));
        ImagesEndpoint images = new(options, submit, document);
        _router.Add("POST", "/v1/images/generations", RouteKind.Api, images.PostAsync);
        _router.Add("POST", "/v1/images/edits", RouteKind.Api, images.PostAsync);
        _router.Add("GET", "/api/v1/model/prediction/{}", RouteKind.Api, predictions.Get);
        _router.Add("GET", "/api/v1/model/result/{}", RouteKind.Api, predictions.GetFallback);
        _router.Add("GET", "/api/v1/model/getResult", RouteKind.Api, predictions.GetLegacyResult);
        _router.Add("POST", "/api/v1/model/calculate", RouteKind.Api, new CalculateEndpoint(catalog, prices).Post);
        _router.Add("GET", "/api/v1/model/history", RouteKind.Api, new HistoryEndpoint(Tasks, document, options.Clock).Get);
    }

    private void AddAccount(EmulatorOptions options, ModelCatalog catalog, PriceCalculator prices)
    {
        EmulatorScenario? scenario = options.Scenario;
        BillingStatement statement = new(Balance, Tasks, scenario?.History?.Generate(catalog, prices, options.Clock.GetUtcNow(), scenario.Seed) ?? []);
        BillingEndpoint billing = new(statement, scenario?.HasRestrictedKey ?? false, options.Clock);
        _router.Add("GET", "/public/v1/balance", RouteKind.Api, new BalanceEndpoint(Balance, Tasks).Get);
        _router.Add("GET", "/public/v1/model-usage", RouteKind.Api, billing.GetUsage);
        _router.Add("GET", "/public/v1/model-costs", RouteKind.Api, billing.GetCosts);
    }

    private void AddManagement()
    {
        ProjectEndpoint projects = new(Management);
        ApiKeyEndpoint keys = new(Management);
        ManagedUsageEndpoint usage = new(Management, Balance, Tasks);
        _router.Add("GET", "/public/v1/projects", RouteKind.Management, projects.List);
        _router.Add("POST", "/public/v1/projects", RouteKind.Management, projects.Create);
        _router.Add("GET", "/public/v1/projects/{}", RouteKind.Management, projects.Get);
        _router.Add("PUT", "/public/v1/projects/{}/budget", RouteKind.Management, projects.PutBudget);
        _router.Add("POST", "/public/v1/projects/{}/archive", RouteKind.Management, projects.Archive);
        _router.Add("GET", "/public/v1/projects/{}/usage", RouteKind.Management, usage.GetProject);
        _router.Add("POST", "/public/v1/api-keys", RouteKind.Management, keys.Create);
        _router.Add("POST", "/public/v1/api-keys/{}/disable", RouteKind.Management, keys.Disable);
        _router.Add("DELETE", "/public/v1/api-keys/{}", RouteKind.Management, keys.Delete);
        _router.Add("PUT", "/public/v1/api-keys/{}/allowance", RouteKind.Management, keys.PutAllowance);
        _router.Add("GET", "/public/v1/api-keys/{}/usage", RouteKind.Management, usage.GetKey);
    }

    private void AddMedia(EmulatorOptions options, Uri baseUri)
    {
        DownloadEndpoint downloads = new(Tasks, Media, options.Clock);
        _router.Add("POST", "/api/v1/model/uploadMedia", RouteKind.Upload, new UploadEndpoint(Media, baseUri).PostAsync);
        _router.Add("GET", "/outputs/{}/{}", RouteKind.Download, downloads.GetOutput);
        _router.Add("GET", "/media/{}", RouteKind.Download, downloads.GetMedia);
    }

    private void AddAssets(EmulatorOptions options)
    {
        AssetEndpoint assets = new(new AssetStore(), new AssetInspector(Media), options);
        _router.Add("POST", "/api/v1/sd/assets", RouteKind.Api, assets.Post);
        _router.Add("GET", "/api/v1/sd/assets", RouteKind.Api, assets.List);
        _router.Add("GET", "/api/v1/sd/assets/{}", RouteKind.Api, assets.Get);
        _router.Add("PUT", "/api/v1/sd/assets/{}", RouteKind.Api, assets.Put);
        _router.Add("DELETE", "/api/v1/sd/assets/{}", RouteKind.Api, assets.Delete);
        _router.Add("POST", "/api/v1/sd/assets/{}/restore", RouteKind.Api, assets.Restore);
    }

    private void AddChat(EmulatorOptions options, ModelCatalog catalog)
    {
        ChatEndpoint chat = new(options, catalog, Balance);
        _router.Add("POST", "/v1/chat/completions", RouteKind.Api, chat.For(new OpenAIProtocol()));
        _router.Add("POST", "/api/v1/chat/completions", RouteKind.Api, chat.For(new OpenAIProtocol()));
        _router.Add("POST", "/v1/completions", RouteKind.Api, chat.For(new CompletionProtocol()));
        _router.Add("POST", "/v1/responses", RouteKind.Api, chat.For(new ResponsesProtocol()));
        _router.Add("POST", "/v1/messages", RouteKind.Api, chat.For(new ClaudeProtocol()));
        _router.Add("POST", "/v1/models/{*}", RouteKind.Api, chat.ForGemini("v1"));
        _router.Add("POST", "/v1beta/models/{*}", RouteKind.Api, chat.ForGemini("v1beta"));
        _router.Add("GET", "/v1/models", RouteKind.Open, new ChatModelsEndpoint(catalog).Get);

        // With a valid key, these paths return 404, not 401 as other unknown paths do.
        _router.Add("POST", "/v1/embeddings", RouteKind.Api, ImagesEndpoint.NotFound);
        _router.Add("POST", "/v1/audio/{*}", RouteKind.Api, ImagesEndpoint.NotFound);
    }
}
