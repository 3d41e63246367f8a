namespace DetectorDsl.EndToEnd.Components;

/// <summary>A base for declarations that counts how many of their records were ever made.</summary>
[Detector]
public abstract partial record CountingMaskRcnn : MaskRcnn
{
    private static int constructed;

    /// <summary>Counts.</summary>
    protected CountingMaskRcnn() => Interlocked.Increment(ref constructed);

    /// <summary>Records made so far in this process.</summary>
    public static int Constructed => constructed;
}
