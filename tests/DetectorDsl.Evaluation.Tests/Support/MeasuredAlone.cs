using Xunit;

namespace DetectorDsl.Evaluation.Tests.Support;

/// <summary>Tests that count what the whole process allocates; no other runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = "measured alone";
}
