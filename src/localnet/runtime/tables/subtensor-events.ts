/** SubtensorModule events, names, indexes and types of spec 461; grammar in ../pallet-table.ts. */
export const SUBTENSOR_EVENTS = `
0 NetworkAdded(NetUid, u16)
1 NetworkRemoved(NetUid)
2 StakeAdded(AccountId32, AccountId32, TaoBalance, AlphaBalance, NetUid, u64)
3 StakeRemoved(AccountId32, AccountId32, TaoBalance, AlphaBalance, NetUid, u64)
4 StakeMoved(AccountId32, AccountId32, NetUid, AccountId32, NetUid, TaoBalance)
5 WeightsSet(NetUidStorageIndex, u16)
6 RootWeightsSet(u16)
7 NeuronRegistered(NetUid, u16, AccountId32)
8 BulkNeuronsRegistered(u16, u16)
9 BulkBalancesSet(u16, u16)
10 MaxAllowedUidsSet(NetUid, u16)
11 MaxWeightLimitSet(NetUid, u16)
12 DifficultySet(NetUid, u64)
13 AdjustmentIntervalSet(NetUid, u16)
14 RegistrationPerIntervalSet(NetUid, u16)
15 MaxRegistrationsPerBlockSet(NetUid, u16)
16 ActivityCutoffSet(NetUid, u16)
17 RhoSet(NetUid, u16)
18 AlphaSigmoidSteepnessSet(NetUid, i16)
19 KappaSet(NetUid, u16)
20 MinAllowedWeightSet(NetUid, u16)
21 ValidatorPruneLenSet(NetUid, u64)
22 ScalingLawPowerSet(NetUid, u16)
23 WeightsSetRateLimitSet(NetUid, u64)
24 ImmunityPeriodSet(NetUid, u16)
25 BondsMovingAverageSet(NetUid, u64)
26 BondsPenaltySet(NetUid, u16)
27 BondsResetOnSet(NetUid, bool)
28 MaxAllowedValidatorsSet(NetUid, u16)
29 AxonServed(NetUid, AccountId32)
30 PrometheusServed(NetUid, AccountId32)
31 DelegateAdded(AccountId32, AccountId32, PerU16)
32 DefaultTakeSet(PerU16)
33 WeightsVersionKeySet(NetUid, u64)
34 MinDifficultySet(NetUid, u64)
35 MaxDifficultySet(NetUid, u64)
36 ServingRateLimitSet(NetUid, u64)
37 BurnSet(NetUid, TaoBalance)
38 MaxBurnSet(NetUid, TaoBalance)
39 MinBurnSet(NetUid, TaoBalance)
40 MaxEpochsPerBlockSet(u8)
41 TxRateLimitSet(u64)
42 TxDelegateTakeRateLimitSet(u64)
43 TxChildKeyTakeRateLimitSet(u64)
44 AdminFreezeWindowSet(u16)
45 OwnerHyperparamRateLimitSet(u16)
46 MinChildKeyTakeSet(PerU16)
47 MinChildKeyTakePerSubnetSet(NetUid, PerU16)
48 MaxChildKeyTakeSet(PerU16)
49 ChildKeyTakeSet(AccountId32, PerU16)
50 Sudid(Result<(), DispatchError>)
51 RegistrationAllowed(NetUid, bool)
52 PowRegistrationAllowed(NetUid, bool)
53 TempoSet(NetUid, u16)
54 RAORecycledForRegistrationSet(NetUid, TaoBalance)
55 StakeThresholdSet(u64)
56 AdjustmentAlphaSet(NetUid, u64)
57 Faucet(AccountId32, u64)
58 SubnetOwnerCutSet(u16)
59 NetworkRateLimitSet(u64)
60 NetworkImmunityPeriodSet(u64)
61 StartCallDelaySet(u64)
62 NetworkMinLockCostSet(TaoBalance)
63 SubnetLimitSet(u16)
64 NetworkLockCostReductionIntervalSet(u64)
65 TakeDecreased(AccountId32, AccountId32, PerU16)
66 TakeIncreased(AccountId32, AccountId32, PerU16)
67 HotkeySwapped { coldkey: AccountId32, old_hotkey: AccountId32, new_hotkey: AccountId32 }
68 MaxDelegateTakeSet(PerU16)
69 MinDelegateTakeSet(PerU16)
70 ColdkeySwapAnnounced { who: AccountId32, new_coldkey_hash: H256 }
71 ColdkeySwapReset { who: AccountId32 }
72 ColdkeySwapped { old_coldkey: AccountId32, new_coldkey: AccountId32 }
73 ColdkeySwapDisputed { coldkey: AccountId32 }
74 AllBalanceUnstakedAndTransferredToNewColdkey { current_coldkey: AccountId32, new_coldkey: AccountId32, total_balance: TaoBalance }
75 ArbitrationPeriodExtended { coldkey: AccountId32 }
76 SetChildrenScheduled(AccountId32, NetUid, u64, Vec<(u64, AccountId32)>)
77 SetChildren(AccountId32, NetUid, Vec<(u64, AccountId32)>)
78 ChainIdentitySet(AccountId32)
79 SubnetIdentitySet(NetUid)
80 SubnetIdentityRemoved(NetUid)
81 DissolveNetworkScheduled { account: AccountId32, netuid: NetUid, execution_block: u32 }
82 ColdkeySwapAnnouncementDelaySet(u32)
83 ColdkeySwapReannouncementDelaySet(u32)
84 DissolveNetworkScheduleDurationSet(u32)
85 CRV3WeightsCommitted(AccountId32, NetUidStorageIndex, H256)
86 WeightsCommitted(AccountId32, NetUidStorageIndex, H256)
87 WeightsRevealed(AccountId32, NetUidStorageIndex, H256)
88 WeightsBatchRevealed(AccountId32, NetUid, Vec<H256>)
89 BatchWeightsCompleted(Vec<Compact<NetUid>>, AccountId32)
90 BatchCompletedWithErrors
91 BatchWeightItemFailed(NetUid, DispatchError)
92 StakeTransferred(AccountId32, AccountId32, AccountId32, NetUid, NetUid, TaoBalance)
93 StakeSwapped(AccountId32, AccountId32, NetUid, NetUid, TaoBalance)
94 TransferToggle(NetUid, bool)
95 SubnetOwnerHotkeySet(NetUid, AccountId32)
96 FirstEmissionBlockNumberSet(NetUid, u64)
97 AlphaRecycled(AccountId32, AccountId32, AlphaBalance, NetUid)
98 AlphaBurned(AccountId32, AccountId32, AlphaBalance, NetUid)
99 EvmKeyAssociated { netuid: NetUid, hotkey: AccountId32, evm_key: H160, block_associated: u64 }
100 CRV3WeightsRevealed(NetUid, AccountId32)
101 CommitRevealPeriodsSet(NetUid, u64)
102 CommitRevealEnabled(NetUid, bool)
103 HotkeySwappedOnSubnet { coldkey: AccountId32, old_hotkey: AccountId32, new_hotkey: AccountId32, netuid: NetUid }
104 SubnetLeaseCreated { beneficiary: AccountId32, lease_id: u32, netuid: NetUid, end_block: Option<u32> }
105 SubnetLeaseTerminated { beneficiary: AccountId32, netuid: NetUid }
106 SymbolUpdated { netuid: NetUid, symbol: Vec<u8> }
107 CommitRevealVersionSet(u16)
108 TimelockedWeightsCommitted(AccountId32, NetUidStorageIndex, H256, u64)
109 TimelockedWeightsRevealed(NetUidStorageIndex, AccountId32)
110 AutoStakeAdded { netuid: NetUid, destination: AccountId32, hotkey: AccountId32, owner: AccountId32, incentive: AlphaBalance }
111 IncentiveAlphaEmittedToMiners { netuid: NetUidStorageIndex, emissions: Vec<AlphaBalance> }
112 MinAllowedUidsSet(NetUid, u16)
113 AutoStakeDestinationSet { coldkey: AccountId32, netuid: NetUid, hotkey: AccountId32 }
114 MinNonImmuneUidsSet(NetUid, u16)
115 RootClaimed { coldkey: AccountId32, tao: TaoBalance }
116 BasketDeposited { hotkey: AccountId32, tao: TaoBalance, shares: u64 }
117 BasketStakedIn { hotkey: AccountId32, coldkey: AccountId32, tao: TaoBalance, value: TaoBalance, shares: u64 }
118 BasketClaimed { hotkey: AccountId32, coldkey: AccountId32, tao: TaoBalance }
119 BasketHoldingConverted { hotkey: AccountId32, netuid: NetUid, tao: TaoBalance }
120 VotingPowerTrackingEnabled { netuid: NetUid }
121 VotingPowerTrackingDisableScheduled { netuid: NetUid, disable_at_block: u64 }
122 VotingPowerTrackingDisabled { netuid: NetUid }
123 VotingPowerEmaAlphaSet { netuid: NetUid, alpha: u64 }
124 SubnetLeaseDividendsDistributed { lease_id: u32, contributor: AccountId32, alpha: AlphaBalance }
125 AddStakeBurn { netuid: NetUid, hotkey: AccountId32, amount: TaoBalance, alpha: AlphaBalance }
126 NetworkDissolveCleanupCompleted { netuid: NetUid }
127 ColdkeySwapCleared { who: AccountId32 }
128 TransactionFeePaidWithAlpha { who: AccountId32, netuid: NetUid, alpha_fee: AlphaBalance, tao_amount: TaoBalance }
129 BurnHalfLifeSet { netuid: NetUid, burn_half_life: u16 }
130 BurnIncreaseMultSet { netuid: NetUid, burn_increase_mult: FixedU128 }
131 AutoParentDelegationEnabledSet { hotkey: AccountId32, enabled: bool }
132 StakeLocked { coldkey: AccountId32, hotkey: AccountId32, netuid: NetUid, amount: AlphaBalance }
133 StakeUnlocked { coldkey: AccountId32, hotkey: AccountId32, netuid: NetUid, amount: AlphaBalance }
134 LockMoved { coldkey: AccountId32, origin_hotkey: AccountId32, destination_hotkey: AccountId32, netuid: NetUid }
135 ActivityCutoffFactorMilliSet { netuid: NetUid, factor_milli: u32 }
136 EpochTriggered { netuid: NetUid, by: AccountId32, fires_at: u64 }
137 EpochDeferred { netuid: NetUid, from_block: u64, to_block: u64 }
138 EpochSkipped { netuid: NetUid, block: u64 }
139 SubnetOwnerChanged { netuid: NetUid, old_coldkey: AccountId32, new_coldkey: AccountId32 }
140 PerpetualLockUpdated { coldkey: AccountId32, netuid: NetUid, enabled: bool }
141 NetworkRegistrationQueued { coldkey: AccountId32, hotkey: AccountId32, mechid: u16, identity: Option<SubnetIdentityV3>, lock_amount: TaoBalance, median_subnet_alpha_price: FixedU128, registration_block: u64 }
142 RejectLockedAlphaUpdated { coldkey: AccountId32, enabled: bool }
143 StakeAndHotkeyTransferred { origin_coldkey: AccountId32, destination_coldkey: AccountId32, origin_hotkey: AccountId32, destination_hotkey: AccountId32, origin_netuid: NetUid, destination_netuid: NetUid, amount: TaoBalance }
144 CollateralLocked { netuid: NetUid, hotkey: AccountId32, locked: AlphaBalance, total_locked: AlphaBalance }
145 MinCollateralSet { netuid: NetUid, hotkey: AccountId32, min_locked: AlphaBalance }
146 LiquidAlphaConsensusModeSet(NetUid, ConsensusMode)
147 BetaBaselineStamped { hotkey: AccountId32 }
148 BasketAlphaWrittenOff { hotkey: AccountId32, netuid: NetUid, alpha: AlphaBalance }
149 BasketSwapped { hotkey: AccountId32, origin_netuid: NetUid, destination_netuid: NetUid, alpha_sold: AlphaBalance, tao_mid: TaoBalance, alpha_bought: AlphaBalance }
`;
