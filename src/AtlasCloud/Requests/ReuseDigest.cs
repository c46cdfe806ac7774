using AtlasCloud.Storage;

namespace AtlasCloud.Requests;

/// <summary>
/// The digest that identifies a request in later runs: that of its body, in which files count by their bytes and results by their prediction, since their
/// addresses differ in each run. It equals <see cref="RequestDigest"/> for a request without such inputs.
/// </summary>
internal static class ReuseDigest
{
    /// <summary>The digest of a request whose files are uploaded.</summary>
    /// <param name="request">The request.</param>
    /// <param name="uploads">Its uploads.</param>
    /// <param name="media">What the client uploaded.</param>
    internal static string Compute(CheckedRequest request, IEnumerable<Media> uploads, MediaResource media)
    {
        Dictionary<string, string> identities = FindIdentities(request.Request);
        foreach (Media upload in uploads)
        {
            identities[upload.ToString()] = identities.GetValueOrDefault(ComposedRequest.PlaceholderFor(upload.Path)) ?? MediaSource.IdentityOf(upload.Sha256);
        }

        return Compute(request.Composed, identities, media);
    }

    /// <summary>The same digest before the files are uploaded.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: a file cannot be read.</exception>
    internal static async Task<string> ComputeAsync(CheckedRequest request, MediaResource media, CancellationToken cancellationToken)
    {
        Dictionary<string, string> identities = FindIdentities(request.Request);
        foreach (string path in request.Request.AllMedia.Select(m => m.Path).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            string placeholder = ComposedRequest.PlaceholderFor(path);
            if (!identities.ContainsKey(placeholder))
            {
                LocalFile.EnsureReadable(path);
                identities[placeholder] = MediaSource.IdentityOf((await MediaResource.ComputeDigestAsync(path, cancellationToken).ConfigureAwait(false)).Digest);
            }
        }

        return Compute(request.Composed, identities, media);
    }

    private static string Compute(ComposedRequest composed, Dictionary<string, string> identities, MediaResource media) => RequestDigest.Compute(composed.CopyWith(
        text => identities.GetValueOrDefault(text) ?? (media.FindDigest(text) is string digest ? MediaSource.IdentityOf(digest) : null)));

    private static Dictionary<string, string> FindIdentities(GenerationRequest request)
    {
        Dictionary<string, string> identities = new(StringComparer.Ordinal);
        foreach (MediaSource source in request.AllMedia.Where(m => m.Identity is not null))
        {
            identities[source.Path is string path ? ComposedRequest.PlaceholderFor(path) : source.Value] = source.Identity!;
        }

        return identities;
    }
}
