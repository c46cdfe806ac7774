using AtlasCloud.Emulation.Account;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Chaos;
using AtlasCloud.Emulation.Chat;
using AtlasCloud.Emulation.Chat.Protocols;
using AtlasCloud.Emulation.Data;
using AtlasCloud.Emulation.Media;
using AtlasCloud.Emulation.Predictions;
using AtlasCloud.Emulation.Pricing;
using AtlasCloud.Emulation.Routing;
using AtlasCloud.Emulation.Scenarios;
using AtlasCloud.Emulation.Webhooks;

namespace AtlasCloud.Emulation;

/// <summary>Puts the parts of the service together, and says which address is whose.</summary>
internal sealed class EmulatedService
{
    private readonly Router _router = new();

    internal EmulatedService(EmulatorOptions options, Uri baseUri)
    {
        Authentication authentication = new(options.ApiKey);
        Ledger = new Ledger(authentication, options.Clock);
        Wallet = new Wallet(options.Balance);
        Tasks = new TaskStore(Wallet, options.Clock);
        ScenarioRun scenario = new(options.Scenario?.Rules ?? [], options.Scenario?.Seed ?? 0);
        CatalogDrift drift = new(options.Scenario?.Catalog ?? [], options.Clock);
        Chaos = new ChaosRun(options.Scenario?.Chaos, () => Tasks.Running);
        Gateway = new Gateway(_router, options, authentication, Ledger, scenario, Chaos, Tasks, drift);

        ModelCatalog catalog = new(baseUri, drift);
        VideoProbe probe = new(Media, Tasks);
        PriceList prices = new(probe.Seconds);
        PredictionDocument document = new(baseUri, options);
        AddCatalog(catalog);
        Webhooks = new WebhookSender(options, document);
        AddGeneration(options, catalog, prices, new OutputPlanner(probe.Seconds), document);
        AddMedia(options, baseUri);
        AddChat(options, catalog);
        AddAccount(options, catalog, prices);
        _router.Add("GET", "/api/v1/webhooks/jwks.json", RouteKind.Open, _ => Sample.All["webhook/jwks.json"].ToReply());
    }

    internal Gateway Gateway { get; }

    internal ChaosRun Chaos { get; }

    internal Ledger Ledger { get; }

    internal Wallet Wallet { get; }

    internal TaskStore Tasks { get; }

    internal WebhookSender Webhooks { get; }

    internal MediaStore Media { get; } = new();

    private void AddCatalog(ModelCatalog catalog)
    {
        StaticEndpoint documents = new(catalog);
        _router.Add("GET", "/api/v1/models", RouteKind.Open, new CatalogEndpoint(catalog).Get);
        _router.Add("GET", "/static/model/schema/{}", RouteKind.Static, documents.GetSchema);
        _router.Add("GET", "/static/model/readme/{}", RouteKind.Static, documents.GetReadme);
        _router.Add("GET", "/static/model/example/{}", RouteKind.Static, documents.GetExample);
        _router.Add("GET", "/static/avatar/{}", RouteKind.Static, StaticEndpoint.GetAvatar);
    }

    private void AddGeneration(
        EmulatorOptions options, ModelCatalog catalog, PriceList prices, OutputPlanner planner, PredictionDocument document)
    {
        SubmitEndpoint submit = new(options, catalog, prices, planner, Wallet, Tasks, document, Webhooks);
        PredictionEndpoint predictions = new(Tasks, document, options.Clock);
        _router.Add("POST", "/api/v1/model/generateImage", RouteKind.Api, submit.For("Image"));
        _router.Add("POST", "/api/v1/model/generateVideo", RouteKind.Api, submit.For("Video"));
        _router.Add("POST", "/api/v1/model/generateAudio", RouteKind.Api, submit.For("Audio"));
        _router.Add("GET", "/api/v1/model/prediction/{}", RouteKind.Api, predictions.Get);
        _router.Add("GET", "/api/v1/model/result/{}", RouteKind.Api, predictions.GetOlder);
        _router.Add("GET", "/api/v1/model/getResult", RouteKind.Api, predictions.GetResult);
        _router.Add("POST", "/api/v1/model/calculate", RouteKind.Api, new CalculateEndpoint(catalog, prices).Post);
        _router.Add("GET", "/api/v1/model/history", RouteKind.Api, new HistoryEndpoint(Tasks, document, options.Clock).Get);
    }

    private void AddAccount(EmulatorOptions options, ModelCatalog catalog, PriceList prices)
    {
        EmulatorScenario? scenario = options.Scenario;
        BillingBook book = new(Wallet, Tasks, scenario?.Past?.Write(catalog, prices, options.Clock.GetUtcNow(), scenario.Seed) ?? []);
        BillingEndpoint billing = new(book, scenario?.HasRestrictedKey ?? false, options.Clock);
        _router.Add("GET", "/public/v1/balance", RouteKind.Api, new BalanceEndpoint(Wallet, Tasks).Get);
        _router.Add("GET", "/public/v1/model-usage", RouteKind.Api, billing.GetUsage);
        _router.Add("GET", "/public/v1/model-costs", RouteKind.Api, billing.GetCosts);
    }

    private void AddMedia(EmulatorOptions options, Uri baseUri)
    {
        DownloadEndpoint downloads = new(Tasks, Media, options.Clock);
        _router.Add("POST", "/api/v1/model/uploadMedia", RouteKind.Upload, new UploadEndpoint(Media, baseUri).PostAsync);
        _router.Add("GET", "/outputs/{}/{}", RouteKind.Download, downloads.GetOutput);
        _router.Add("GET", "/media/{}", RouteKind.Download, downloads.GetMedia);
    }

    private void AddChat(EmulatorOptions options, ModelCatalog catalog)
    {
        ChatEndpoint chat = new(options, catalog, Wallet);
        _router.Add("POST", "/v1/chat/completions", RouteKind.Api, chat.For(new OpenAIProtocol()));
        _router.Add("POST", "/api/v1/chat/completions", RouteKind.Api, chat.For(new OpenAIProtocol()));
        _router.Add("POST", "/v1/completions", RouteKind.Api, chat.For(new CompletionProtocol()));
        _router.Add("POST", "/v1/responses", RouteKind.Api, chat.For(new ResponsesProtocol()));
        _router.Add("POST", "/v1/messages", RouteKind.Api, chat.For(new ClaudeProtocol()));
        _router.Add("POST", "/v1/models/{*}", RouteKind.Api, chat.ForGemini("v1"));
        _router.Add("POST", "/v1beta/models/{*}", RouteKind.Api, chat.ForGemini("v1beta"));
        _router.Add("GET", "/v1/models", RouteKind.Open, new ChatModelsEndpoint(catalog).Get);
    }
}
