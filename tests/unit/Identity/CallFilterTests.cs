using System.Reflection;
using System.Security.Cryptography;
using CrossBorderSoc.Contracts.Actors;
using CrossBorderSoc.Contracts.Identity;
using CrossBorderSoc.Contracts.Observables;
using CrossBorderSoc.Grains.Disclosure;
using CrossBorderSoc.Grains.Identity;
using Microsoft.Extensions.Time.Testing;
using Orleans.Serialization.Invocation;
using Shouldly;
using Xunit;

namespace CrossBorderSoc.Tests.Unit.Identity;

/// <summary>What stands before every actor.</summary>
public sealed class CallFilterTests : IDisposable
{
    private readonly ECDsa _issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _issuer.Dispose();

    [Fact]
    public void ActorMethods_All_BeginWithATokenOrAQuestion()
    {
        var methods = typeof(IInquiry).Assembly.GetTypes()
            .Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrainWithStringKey))).SelectMany(type => type.GetMethods())
            .ToList();
        methods.Count.ShouldBeGreaterThan(10);
        methods.ShouldAllBe(method =>
            method.GetParameters().First().ParameterType == typeof(CallerToken)
            || method.GetParameters().First().ParameterType == typeof(Question));
    }

    [Fact]
    public async Task Question_WithAGoodToken_Passes_AndWithoutOneDoesNot()
    {
        var good = TokenForge.Es256(_issuer, "issuer", TokenForge.Claims(("org", "nsoc.be")));
        (await Passes(new Question(good, 0))).ShouldBeTrue();
        (await Passes(good)).ShouldBeTrue();
        foreach (var bad in new object?[] { default(Question), new Question(new("a.b.c"), 0), new CallerToken(""), "token", null })
            await Should.ThrowAsync<CallerRefusedException>(() => Passes(bad));
    }

    [Fact]
    public async Task WhatCannotBeDecided_IsUnavailable_WhicheverActorSaysSo()
    {
        var call = Call.Of(new Question(default, 0), () => throw new UndecidableException("canary"));
        var told = await Should.ThrowAsync<GridUnavailableException>(() => new UndecidableFilter().Invoke(call));
        told.Message.ShouldNotContain("canary");
        told.Cause.ShouldBeOfType<UndecidableException>();
        await Should.ThrowAsync<InvalidDataException>(() => new UndecidableFilter().Invoke(
            Call.Of(null, () => throw new InvalidDataException())));
    }

    private async Task<bool> Passes(object? argument)
    {
        var verifier = new TokenVerifier(
            TokenClaims.DevelopmentIssuer, TokenForge.Keys(("issuer", _issuer)), new FakeTimeProvider(TokenForge.Start));
        var isInvoked = false;
        await new CallerFilter(verifier).Invoke(Call.Of(argument, () => isInvoked = true));
        return isInvoked;
    }
}

/// <summary>A call of <see cref="IInquiry.Indicator"/> with some first argument, and what the actor does.</summary>
public class Call : DispatchProxy
{
    private static readonly MethodInfo Method = typeof(IInquiry).GetMethod(nameof(IInquiry.Indicator), [typeof(Question), typeof(Observable)])!;

    private object? _argument;
    private Action _act = () => { };

    public static IIncomingGrainCallContext Of(object? argument, Action act)
    {
        var call = Create<IIncomingGrainCallContext, Call>();
        ((Call)(object)call)._argument = argument;
        ((Call)(object)call)._act = act;
        return call;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        "get_InterfaceMethod" => Method,
        "get_Request" => Request.Of(_argument),
        "Invoke" => Act(),
        _ => throw new NotSupportedException(targetMethod.Name),
    };

    private Task Act()
    {
        _act();
        return Task.CompletedTask;
    }
}

/// <summary>The request of such a call.</summary>
public class Request : DispatchProxy
{
    private object? _argument;

    public static IInvokable Of(object? argument)
    {
        var request = Create<IInvokable, Request>();
        ((Request)(object)request)._argument = argument;
        return request;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == "GetArgumentCount" ? 2 : _argument;
}
