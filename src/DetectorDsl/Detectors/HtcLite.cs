namespace DetectorDsl;

/// <summary>HTC-Lite (Wang et al. 2021, appendix D.1): a context encoder in place of the semantic branch, one mask head, no mask information flow.</summary>
[Detector]
public abstract partial record HtcLite : Htc
{
    /// <summary>How regions are assigned, sampled and refined. Default: three passes, interleaved, a global context, masks in the last pass.</summary>
    public override RoiHead RoiHead =>
        new HybridTaskCascade
        {
            MaskInformationFlow = false,
            MasksInEveryPass = false,
            Context = new GlobalContext(),
        };
}
