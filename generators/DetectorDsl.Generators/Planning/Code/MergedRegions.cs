namespace DetectorDsl.Generators.Planning.Code;

/// <summary>In which copies an image is looked at, and how their proposals become one, as text.</summary>
internal sealed record MergedRegions(string Scales, string Flip, string NmsIou, string MaxPerImage);
