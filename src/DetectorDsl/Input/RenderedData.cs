namespace DetectorDsl;

/// <summary>The long-tailed data set of 60 shape categories that the program renders itself, in LVIS format.</summary>
/// <param name="Step">How much of it; default: some hundred images.</param>
[Component]
public record RenderedData(RenderedStep Step = RenderedStep.Default) : DataSource;
