namespace DetectorDsl;

/// <summary>What proposes regions that may hold an object.</summary>
[Component]
public abstract record ProposalHead;
