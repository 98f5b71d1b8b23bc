using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Policy;
using CrossBorderSoc.Contracts.Views;
using CrossBorderSoc.Gateway.Analysis;
using CrossBorderSoc.Gateway.Identity;
using CrossBorderSoc.Gateway.Warninglists;
using CrossBorderSoc.Gateway.Watching;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace CrossBorderSoc.Gateway.Webhooks;

/// <summary>
/// One webhook: a watch like any other, through a feed, that goes on from the cursor on disk after whatever broke it. A failed delivery breaks it,
/// too: so what is sent again is what is true then.
/// </summary>
internal sealed class WebhookRun : IDisposable
{
    private const int TokenBytesMax = 16 * 1024;
    private static readonly TimeSpan WaitFirst = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WaitLongest = TimeSpan.FromMinutes(1);

    private readonly WebhookPlan _plan;
    private readonly WebhookRunParts _parts;
    private readonly WebhookPost _post;
    private readonly WebhookWriter _writer;
    private string _token = "";
    private string _cursor = "";
    private int _failures;
    private bool _mustListAgain;

    public WebhookRun(WebhookPlan plan, WebhookRunParts parts)
    {
        (_plan, _parts, _post) = (plan, parts, new(plan, parts.Time));
        _writer = new(plan, _post, parts.Files, parts.Statuses, parts.Policy, parts.Chance, parts.Time);
    }

    /// <summary>Tells the target until it is cancelled, or the target wants no more.</summary>
    public async Task Run(CancellationToken stopping)
    {
        Say(status => status);
        while (await Once(stopping) is { } wait)
        {
            Say(status => status with { NextAttemptAt = _parts.Time.GetUtcNow() + wait });
            await Task.Delay(wait, _parts.Time, stopping);
            Say(status => status with { NextAttemptAt = null });
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _post.Dispose();

    // How long to wait before the next time; null when there is none.
    private async Task<TimeSpan?> Once(CancellationToken stopping)
    {
        try
        {
            await Watch(stopping);
            throw new InvalidOperationException("BUG: a watch ended by itself.");
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (WebhookFailedException failed)
        {
            return failed.Wait;
        }
        catch (WebhookUnwantedException)
        {
            _parts.Log.LogError("The target of webhook {Webhook} answered 410: nothing is sent until the node starts again.", _plan.Name);
            Say(status => status with { State = "disabled", Problem = "HTTP 410" });
            return null;
        }
        catch (TokenReplacedException)
        {
            return TimeSpan.Zero;
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.InvalidArgument && !_mustListAgain)
        {
            // The saved cursor is of other filters or of another organisation.
            _mustListAgain = true;
            return TimeSpan.Zero;
        }
        catch (Exception failure)
        {
            return Waiting(failure);
        }
    }

    private async Task Watch(CancellationToken stopping)
    {
        _token = ReadToken();
        var caller = _parts.Gate.Admit(new CallerToken(_token)) with { Outlet = Outlet.Feed };
        var scope = WatchRequests.Read(_plan.Request, caller);
        var cursor = _mustListAgain ? "" : _parts.Files.ReadCursor(_plan.Name) ?? "";
        _writer.Begin(cursor, _mustListAgain);
        _cursor = cursor;
        var watches = _parts.Classes.Join(caller, scope);
        var watch = new WatchStream(
            _parts.Grid, _parts.Ticks, watches, new OneAnswer(_parts.Status, _parts.Policy, _parts.Time), _parts.Warninglists,
            _parts.Policy, _parts.Time, caller, scope, message => Write(message, stopping));
        try
        {
            await watch.Run(cursor, stopping);
        }
        finally
        {
            _parts.Classes.Leave(caller, watches, scope);
        }
    }

    private async Task Write(V1.WatchResponse message, CancellationToken stopping)
    {
        var isAllTold = message.ChangeCase == V1.WatchResponse.ChangeOneofCase.None || message.Cursor != _cursor;
        _cursor = message.Cursor;
        if (isAllTold && ReadToken() != _token) throw new TokenReplacedException();
        await _writer.Write(message, stopping);
        if (!isAllTold) return;
        (_failures, _mustListAgain) = (0, false);
        Say(status => status.FailedAttempts > 0 ? status : status with { State = "watching", Problem = null });
    }

    private TimeSpan Waiting(Exception failure)
    {
        var problem = failure switch
        {
            CallerRefusedException or RpcException { StatusCode: StatusCode.Unauthenticated } => "TOKEN_REFUSED",
            RpcException { StatusCode: StatusCode.PermissionDenied } => "NOT_A_MEMBER",
            IOException or UnauthorizedAccessException => "FILE_UNUSABLE",
            _ => "GRID_UNAVAILABLE",
        };
        _parts.Log.LogWarning("Webhook {Webhook} waits: {Problem}, {Failure}", _plan.Name, problem, LoggedFailure.Of(failure));
        Say(status => status with { State = "waiting", Problem = problem });
        return RetrySchedule.WaitAfter(++_failures, WaitFirst, WaitLongest, _parts.Chance());
    }

    private string ReadToken() => new FileInfo(_plan.TokenPath).Length <= TokenBytesMax
        ? File.ReadAllText(_plan.TokenPath).Trim()
        : throw new InvalidDataException("The file of a token is too long.");

    private void Say(Func<WebhookStatus, WebhookStatus> change) => _parts.Statuses.Change(_plan, change);

    private sealed class TokenReplacedException : Exception;
}
