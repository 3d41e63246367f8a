namespace DetectorDsl;

/// <summary>Where a trainer finds its images when the command line names none.</summary>
[Component]
public abstract record DataSource;
